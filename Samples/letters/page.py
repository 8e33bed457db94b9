"""Draws the sheet itself: printed words, fields filled by a printer or by hand. No seal yet, no scanner yet."""
import subprocess
from PIL import Image, ImageDraw, ImageFont

from .cases import NOTICE, uscc

DPI = WIDTH = HEIGHT = 0
BLACK, BLUE, RED = (32, 32, 36), (38, 52, 128), (198, 32, 44)
FILES = {"song": ("uming.ttc", "AR PL UMing CN"), "kai": ("ukai.ttc", "AR PL UKai CN"),
         "hei": ("NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"), "bold": ("NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC")}
_found = {}


def resolution(dpi):
    """Sets the resolution of the sheets that are drawn from now on."""
    global DPI, WIDTH, HEIGHT
    DPI, WIDTH, HEIGHT = dpi, round(210 / 25.4 * dpi), round(297 / 25.4 * dpi)


def mm(value):
    return value / 25.4 * DPI


def font(name, size):
    """One face of a Debian font (fonts-arphic-uming, fonts-arphic-ukai, fonts-noto-cjk), size in pixels."""
    file, family = FILES[name]
    if name not in _found:
        listed = subprocess.run(["fc-list", ":", "file"], capture_output=True, text=True, check=True).stdout
        paths = [line.split(":")[0].strip() for line in listed.splitlines() if "/" + file + ":" in line + ":"]
        if not paths:
            raise SystemExit(file + " is not installed. apt-get install fonts-arphic-uming fonts-arphic-ukai fonts-noto-cjk")
        for index in range(32):
            if ImageFont.truetype(paths[0], 20, index=index).getname()[0] == family:
                _found[name] = paths[0], index
                break
    path, index = _found[name]
    return ImageFont.truetype(path, round(size), index=index)


class Sheet:
    """A white sheet and a cursor. A run is a text and whether it is a field that somebody filled in."""

    def __init__(self, chance, body, pen, pen_red):
        self.image = Image.new("RGB", (WIDTH, HEIGHT), "white")
        self.draw = ImageDraw.Draw(self.image)
        self.chance, self.body, self.y = chance, body, mm(24)
        self.pen = (RED if pen_red else BLUE) if pen else None

    def width(self, text, filled, size):
        return font("kai" if filled and self.pen else self.body, size).getlength(text)

    def glyph(self, x, y, character, filled, size):
        """Draws one character with its middle line at `y`, gives its width."""
        face = font("kai" if filled and self.pen else self.body, size)
        if not (filled and self.pen):
            self.draw.text((x, y), character, font=face, fill=BLACK, anchor="lm")
            return face.getlength(character)
        chance = self.chance
        face = font("kai", size * chance.uniform(1.06, 1.22))
        box = round(size * 2)
        tile = Image.new("L", (box, box), 0)
        ImageDraw.Draw(tile).text((box / 2, box / 2), character, font=face, fill=255, anchor="mm", stroke_width=0)
        shear = (1, chance.uniform(0.0, 0.14), -box * 0.05, chance.uniform(-0.05, 0.03), 1, 0)
        tile = tile.transform(tile.size, Image.AFFINE, shear, Image.BICUBIC).rotate(chance.uniform(-4, 4), Image.BICUBIC)
        tile = tile.point(lambda v: min(255, round(v * 1.15)))
        width = face.getlength(character) * chance.uniform(0.9, 1.0)
        top = y + chance.uniform(-0.07, 0.07) * size - box / 2
        self.image.paste(self.pen, (round(x + width / 2 - box / 2), round(top)), tile)
        return width

    def line(self, x, runs, size, underline=True):
        for text, filled in runs:
            start = x
            for character in text:
                x += self.glyph(x, self.y, character, filled, size)
            if filled and underline:
                self.draw.line((start, self.y + size * 0.62, x, self.y + size * 0.62), fill=BLACK, width=1)
        return x

    def paragraph(self, runs, size, left=None, right=None, indent=2, leading=1.85, underline=True):
        left, right = mm(28) if left is None else left, WIDTH - mm(26) if right is None else right
        x = left + indent * size
        for text, filled in runs:
            start = x
            for character in text:
                width = self.width(character, filled, size) * (1.1 if filled and self.pen else 1)
                if x + width > right and character not in "，。；：、）》":
                    self.mark(start, x, size, filled and underline)
                    self.y += size * leading
                    x = start = left
                x += self.glyph(x, self.y, character, filled, size)
            self.mark(start, x, size, filled and underline)
        self.y += size * leading

    def mark(self, start, end, size, wanted):
        if wanted:
            self.draw.line((start, self.y + size * 0.64, end, self.y + size * 0.64), fill=BLACK, width=1)

    def centred(self, text, size, face="bold", colour=BLACK, spacing=0.0):
        face = font(face, size)
        x = (WIDTH - face.getlength(text) - spacing * size * (len(text) - 1)) / 2
        for character in text:
            self.draw.text((x, self.y), character, font=face, fill=colour, anchor="lm")
            x += face.getlength(character) + spacing * size


def statement(case):
    """What the letter says, in paragraphs after the one that names company and account."""
    if case.document == "conditional":
        return ["我单位已阅读并同意" + NOTICE + "，但须贵司先行退还账户余额。如余额未退还，本同意书不生效，我单位不同意注销上述账号。"]
    if case.document == "refusal":
        return ["我单位已阅读" + NOTICE + "，经研究，我单位不同意该须知的内容，不同意注销上述京东云账号，请贵司保留该账号。"]
    if case.document == "shop":
        return ["我单位同意注销上述京东商城店铺，店铺内商品、保证金及售后事宜已处理完毕，特此说明。"]
    if case.document == "proxy":
        return ["现授权刘样例（身份证件号码见附件）代表我单位办理上述账号的日常管理事宜，授权期限自本委托书签署之日起一年。"]
    return ["我单位已阅读并同意" + NOTICE + "的全部内容，同意注销上述京东云账号。",
            "我单位知悉账号注销后无法恢复，账号内的数据、代金券等权益一并清除，由此产生的后果由我单位承担。"]


def draw(case, chance):
    """The sheet of a case, and where its seal belongs (pixels)."""
    blank = case.document == "blank"
    company, account = case.letter
    field = lambda text, room: (" " * room if blank else " " + text + " ", True)
    size = mm(4.5) * chance.uniform(0.96, 1.06)
    body = chance.choice(["song", "song", "hei"]) if case.layout != "form" else "hei"
    sheet = Sheet(chance, body, case.pen, case.pen_red)
    number = uscc(int(case.ticket[-4:]))
    contact = chance.choice(["刘样例", "陈试写", "周范本"])
    phone, mail = "138 0013 80%02d" % int(case.ticket[-2:]), "it%s@example.com" % case.ticket[-3:]

    if case.layout == "letterhead":
        sheet.centred(company, mm(8), colour=(206, 28, 34), spacing=0.06)
        sheet.y += mm(8)
        sheet.draw.line((mm(24), sheet.y, WIDTH - mm(24), sheet.y), fill=(206, 28, 34), width=3)
        sheet.draw.line((mm(24), sheet.y + 6, WIDTH - mm(24), sheet.y + 6), fill=(206, 28, 34), width=1)
        sheet.y += mm(18)
    else:
        sheet.y += mm(chance.uniform(4, 14))
    sheet.centred(case.title, mm(7.4), spacing=0.12)
    sheet.y += mm(17)
    sheet.paragraph([("致：京东云", False)], size, indent=0)
    if case.layout == "form":
        rows = [("单位名称", company), ("统一社会信用代码", number), ("京东云账号", account), ("联系人", contact),
                ("联系电话", phone), ("联系邮箱", mail)]
        left, middle, right, height = mm(26), mm(70), WIDTH - mm(26), mm(10)
        for label, value in rows:
            sheet.draw.rectangle((left, sheet.y, right, sheet.y + height), outline=BLACK, width=2)
            sheet.draw.line((middle, sheet.y, middle, sheet.y + height), fill=BLACK, width=2)
            top, sheet.y = sheet.y, sheet.y + height / 2
            sheet.line(left + mm(3), [(label, False)], size * 0.95)
            sheet.line(middle + mm(3), [("" if blank else value, True)], size * 0.95, underline=False)
            sheet.y = top + height
        sheet.y += mm(9)
    else:
        what = "京东商城店铺账号" if case.document == "shop" else "京东云账号"
        sheet.paragraph([("我单位", False), field(company, 40), ("（统一社会信用代码：", False), field(number, 30),
                         ("）在贵平台完成企业实名认证，" + what + "为", False), field(account, 24), ("。", False)], size)
    for text in statement(case):
        sheet.paragraph([(text, False)], size)
    if case.layout != "form":
        sheet.y += size * 0.5
        for label, value in (("联系人：", contact), ("联系电话：", phone), ("联系邮箱：", mail)):
            sheet.line(mm(28) + 2 * size, [(label, False), field(value, 30)], size)
            sheet.y += size * 1.8
    sheet.y += mm(14)
    left = mm(chance.uniform(88, 98))
    place = (left + mm(42), sheet.y + mm(9))
    sheet.line(left, [("单位（加盖公章）：", False)], size)
    sheet.y += size * 1.9
    sheet.line(left + size, [field(company, 30)], size, underline=blank)
    sheet.y += size * 2.1
    sheet.line(left, [("经办人（签字）：", False)], size)
    if not blank:
        held, sheet.pen = sheet.pen, sheet.pen or BLACK
        x = left + 8.2 * size
        for character in contact:
            x += sheet.glyph(x, sheet.y, character, True, size * 1.25) * 0.9
        sheet.pen = held
    sheet.y += size * 2.1
    date = case.date if case.date and not blank else "     年    月    日"
    sheet.line(left, [("日期：", False), (date, bool(case.date) and not blank)], size, underline=False)
    return sheet.image, place
