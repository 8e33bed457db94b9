"""The sample letters: one line a ticket, what its file shows and what the ticket must come to. No drawing here, so
make_samples.py can read it with the standard library alone.

Everything is invented. The USCCs carry a region code (99) that was never given out."""
from dataclasses import dataclass, field

TITLE = "注销京东云账号同意书"
NOTICE = "《京东云账户注销须知》"
SUBMITTED = "2026-11-16 10:00:00"


@dataclass(frozen=True)
class Case:
    ticket: str
    file: str                   # as the ticket lists it
    shows: str                  # one line for letters.md
    outcome: str
    codes: tuple = ()           # findings besides the satisfied ones
    company: str = ""           # of the ticket; the letter's and the seal's unless said otherwise
    letter_company: str = ""
    seal_company: str = ""
    letter_account: str = ""
    title: str = TITLE
    document: str = "consent"   # consent, conditional, refusal, shop, proxy, blank, licence
    date: str = "2026年11月12日"
    layout: str = "prose"       # prose, form, letterhead
    pen: bool = False           # fields filled by hand
    pen_red: bool = False
    seal: str = "company"       # company, contract, oval, chop, fingerprint, logo, cut_off, pasted, blue, grey, none
    wear: float = 0.2           # 0 fresh ink, 1 hardly any
    at: tuple = (0.0, 0.0)      # seal moved from its place, in millimetres
    turn: float = 4.0           # degrees
    capture: str = "scan"       # scan, cleaned, photo, grey, blurred, small, dark
    form: str = "jpg"           # jpg, png, tif, cmyk, exif, sideways, pdf, pdf2, pdf_locked, zip, docx
    more: tuple = field(default=())  # further files of the ticket, drawn as they are named here

    @property
    def account(self):
        return "jd_demo_%s" % self.ticket[-3:]

    @property
    def letter(self):
        """The company and the account that stand in the letter."""
        return self.letter_company or self.company, self.letter_account or self.account


def uscc(seed):
    """An eighteen-character code with a right check character (GB 32100) and no owner."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = "91990000MA%07d" % (seed * 7919 % 10_000_000)
    total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + alphabet[-total % 31]


def _cases():
    number = 100

    def case(shows, outcome, company, codes=(), file="同意书.jpg", **rest):
        nonlocal number
        number += 1
        return Case("JD-2026-%04d" % number, file, shows, outcome, tuple(codes), company, **rest)

    good, ask, look = "accepted", "incomplete", "review"
    return [
        # --- good letters
        case("打印填写，平板扫描，公章清晰", good, "青禾示例科技有限公司"),
        case("手写填写，章压在签名上", good, "北原虚拟软件有限公司", pen=True, at=(1, 7), turn=-9),
        case("表格式同意书", good, "云杉样例信息技术有限公司", layout="form", turn=12),
        case("红头信笺，公章另盖", good, "岚桥示例贸易有限责任公司", layout="letterhead", date="2026年10月28日"),
        case("手机拍照，放在桌上", good, "星渡样例文化传播有限公司", file="IMG_20261112.jpg", capture="photo"),
        case("手机拍照，手写填写，光线偏暖", good, "松溪虚拟网络科技有限公司", file="照片.jpg", capture="photo", pen=True, turn=-14),
        case("照片的方向记在 EXIF 里", good, "南屿示例电子商务有限公司", capture="photo", form="exif"),
        case("横着扫描，没有 EXIF", good, "远岸样例物流有限公司", form="sideways"),
        case("PDF 扫描件", good, "白鹭虚拟咨询有限公司", file="同意书.pdf", form="pdf"),
        case("PDF 两页，章在第二页", good, "竹里示例教育科技有限公司", file="注销京东云账号同意书.pdf", form="pdf2"),
        case("ZIP 里一张扫描件", good, "海棠样例数据服务有限公司", file="同意书.zip", form="zip"),
        case("PNG 扫描件", good, "石门虚拟工程有限公司", file="同意书.png", form="png", capture="cleaned"),
        case("TIFF 扫描件", good, "青梧示例传媒股份有限公司", file="同意书.tif", form="tif", capture="cleaned"),
        case("CMYK 的 JPEG", good, "晚枫样例商贸有限公司", form="cmyk", layout="form", capture="cleaned"),
        case("两个附件：营业执照和同意书", good, "鹿鸣示例软件有限公司", file="同意书盖章.jpg", more=("营业执照.jpg",)),
        # --- seals that do not count
        case("没有盖章", ask, "青禾示例科技有限公司", ["letter.seal.missing"], seal="none"),
        case("黑白复印件", ask, "北原虚拟软件有限公司", ["letter.seal.grey"], capture="grey"),
        case("彩色页面上的灰色章", ask, "云杉样例信息技术有限公司", ["letter.seal.grey"], seal="grey"),
        case("蓝色印章", ask, "岚桥示例贸易有限责任公司", ["letter.seal.grey"], seal="blue"),
        case("椭圆形发票专用章", ask, "星渡样例文化传播有限公司", ["letter.seal.special_purpose"], seal="oval", at=(22, 2)),
        case("合同专用章", ask, "松溪虚拟网络科技有限公司", ["letter.seal.special_purpose"], seal="contract", at=(24, 3)),
        case("只有法定代表人的方形名章", ask, "南屿示例电子商务有限公司", ["letter.seal.missing"], seal="chop"),
        case("只按了指印", ask, "远岸样例物流有限公司", ["letter.seal.missing"], seal="fingerprint", pen=True),
        case("只有红色圆形标志，没有盖章", ask, "白鹭虚拟咨询有限公司", ["letter.seal.missing"], seal="logo"),
        case("红笔填写，没有盖章", ask, "竹里示例教育科技有限公司", ["letter.seal.missing"], seal="none", pen=True, pen_red=True),
        case("章只扫到一半", look, "海棠样例数据服务有限公司", ["letter.seal.cut_off"], seal="cut_off"),
        case("贴上去的电子章，墨色完全均匀", look, "石门虚拟工程有限公司", ["letter.seal.suspect"], seal="pasted"),
        case("章太淡，看不清", look, "青梧示例传媒股份有限公司", ["letter.seal.suspect"], wear=0.8),
        case("章上是另一家公司", ask, "晚枫样例商贸有限公司", ["letter.seal.company.mismatch"], seal_company="鹿鸣示例软件有限公司"),
        case("章上是“有限责任公司”，同意书和工单是“有限公司”", look, "鹿鸣示例软件有限公司", ["letter.seal.company.mismatch"],
             seal_company="鹿鸣示例软件有限责任公司"),
        # --- letters that say something else
        case("同意书和章都是另一家公司", ask, "青禾示例科技有限公司", ["letter.company.mismatch"],
             letter_company="北原虚拟软件有限公司", seal_company="北原虚拟软件有限公司"),
        case("账号不是工单里的账号", ask, "云杉样例信息技术有限公司", ["letter.account.mismatch"], letter_account="jd_demo_732"),
        case("附带条件的声明", ask, "岚桥示例贸易有限责任公司", ["letter.statement.conditional"], document="conditional"),
        case("声明不同意注销", ask, "星渡样例文化传播有限公司", ["letter.statement.negated"], document="refusal"),
        case("空白模板", ask, "松溪虚拟网络科技有限公司", ["letter.blank"], document="blank", seal="none"),
        case("空白模板上盖了章", ask, "南屿示例电子商务有限公司", ["letter.blank"], document="blank"),
        case("标题少一个字：注销京东账号同意书", ask, "远岸样例物流有限公司", ["letter.title"], title="注销京东账号同意书"),
        case("另一种文件：注销京东商城店铺同意书", ask, "白鹭虚拟咨询有限公司", ["letter.wrong_document"],
             title="注销京东商城店铺同意书", document="shop"),
        case("另一种文件：授权委托书", ask, "竹里示例教育科技有限公司", ["letter.wrong_document"], title="授权委托书", document="proxy"),
        case("没有写日期", ask, "海棠样例数据服务有限公司", ["letter.date.missing"], date=""),
        case("日期是五年前", ask, "石门虚拟工程有限公司", ["letter.date.old"], date="2021年3月5日"),
        case("日期在将来", ask, "青梧示例传媒股份有限公司", ["letter.date.future"], date="2027年11月12日", pen=True),
        # --- pictures that cannot be judged
        case("拍糊了", ask, "晚枫样例商贸有限公司", ["letter.unreadable"], capture="blurred"),
        case("图片太小", ask, "鹿鸣示例软件有限公司", ["letter.unreadable"], capture="small"),
        case("光线太暗", ask, "青禾示例科技有限公司", ["letter.unreadable"], capture="dark"),
        case("PDF 加了打开密码", ask, "北原虚拟软件有限公司", ["attachment.encrypted"], file="同意书.pdf", form="pdf_locked"),
        case("图片放在 Word 文件里", look, "云杉样例信息技术有限公司", ["letter.document"], file="同意书.docx", form="docx"),
    ]


CASES = _cases()
