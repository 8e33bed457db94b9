#!/usr/bin/env python3
"""Draws the sample consent letters into Samples/jdcloud/attachments and writes Samples/jdcloud/letters.md.

Needs Python 3.9 or later with Pillow (python3-pil), fc-list (fontconfig) and Debian's fonts-arphic-uming, fonts-arphic-ukai
and fonts-noto-cjk. What is drawn stands in letters/cases.py. The same files come out every time with the same Pillow and
fonts. `make_letters.py WORD` draws only the cases whose ticket or text contains WORD."""
import os, random, sys
from PIL import Image

from letters import capture, containers, page, seal
from letters.cases import CASES

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "jdcloud")
COLOURS = {"blue": seal.BLUE, "grey": seal.GREY}


def stamp(case, chance):
    """The mask of a case's stamp; None: it bears none."""
    company = case.seal_company or case.company
    code = "99000000%05d" % (sum(map(ord, company)) % 100_000)
    if case.seal in ("company", "blue", "grey", "cut_off", "pasted"):
        return seal.round_seal(company, code, diameter=chance.choice([40, 42, 42]))
    if case.seal == "contract":
        return seal.round_seal(company, code, "合同专用章")
    if case.seal == "oval":
        return seal.oval_seal(company, "91990000MA0SAMPLE0", "发票专用章")
    if case.seal == "chop":
        return seal.chop("周范")
    if case.seal == "fingerprint":
        return seal.fingerprint(chance)
    if case.seal == "logo":
        return seal.logo()
    assert case.seal == "none", case.seal
    return None


def pictures(case, chance):
    """The pages of a case as pictures."""
    sheet, place = page.draw(case, chance)
    at = (place[0] + page.mm(case.at[0]), place[1] + page.mm(case.at[1]))
    mask = stamp(case, chance)
    pages = [sheet]
    if case.form == "pdf2":  # the signature block stands on a second sheet
        cut = round(place[1] - page.mm(18))
        second = Image.new("RGB", sheet.size, "white")
        second.paste(sheet.crop((0, cut, sheet.width, sheet.height)), (0, round(page.mm(24))))
        sheet.paste("white", (0, cut, sheet.width, sheet.height))
        pages, at = [sheet, second], (at[0], at[1] - cut + page.mm(24))
    if case.seal == "logo":
        at = (page.mm(34), page.mm(22))
    elif case.seal == "cut_off":
        pages[-1] = seal.press(pages[-1], seal.inked(mask, chance, case.wear), at, seal.RED)
        pages[-1] = capture.crop_through(pages[-1], at)
        mask = None
    if mask is not None and case.seal != "pasted":
        colour = tuple(max(0, c + chance.randint(-12, 12)) for c in COLOURS.get(case.seal, seal.RED))
        ink = mask if case.seal == "logo" else seal.inked(mask.rotate(-case.turn, Image.BICUBIC), chance, case.wear)
        pages[-1] = seal.press(pages[-1], ink, at, colour, 0.55 if case.wear > 0.7 else 0.92)
    pages = [capture.take(image, case, chance) for image in pages]
    if case.seal == "pasted":
        pages[-1] = seal.put(pages[-1], mask, at, (228, 20, 24))
    return pages


def write(case):
    """The bytes of a case's file."""
    chance = random.Random(case.ticket)
    # What is to be accepted is scanned as it should be; faults show on small pictures as well.
    page.resolution(200 if case.outcome == "accepted" else 126)
    containers.LIMIT = 320_000 if case.outcome == "accepted" else 45_000
    pages = pictures(case, chance)
    if case.form == "exif":
        return containers.exif_turned(pages[0])
    if case.form == "png":
        return containers.png(pages[0])
    if case.form == "tif":
        return containers.tiff(pages[0])
    if case.form == "cmyk":
        return containers.cmyk(pages[0])
    if case.form == "sideways":
        return containers.jpeg(pages[0].transpose(Image.ROTATE_270))
    jpegs = [containers.jpeg(image) for image in pages]
    if case.form in ("pdf", "pdf2"):
        return containers.pdf(jpegs)
    if case.form == "pdf_locked":
        return containers.pdf(jpegs, password="sample")
    if case.form == "zip":
        return containers.archive([("同意书扫描件.jpg", jpegs[0])])
    if case.form == "docx":
        return containers.docx(jpegs[0], pages[0].size)
    assert case.form == "jpg", case.form
    return jpegs[0]


def save(name, data):
    path = os.path.join(FOLDER, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)
    return len(data)


def main(word=""):
    total, rows = 0, []
    for case in CASES:
        rows.append("| %s | %s | %s | %s |" % (case.ticket, "、".join((case.file,) + case.more), case.shows, case.outcome))
        if word not in case.ticket + case.shows:
            continue
        total += save("attachments/%s/%s" % (case.ticket, case.file), write(case))
        for name in case.more:
            total += save("attachments/%s/%s" % (case.ticket, name),
                          containers.jpeg(capture.licence_like(random.Random(name)), limit=40_000))
    save("letters.md", ("# 示例同意书\n\n`python3 Samples/make_letters.py` 画出，公司、账号、电话和邮箱全部虚构。工单本身由 "
                        "`make_samples.py` 写出。加锁的 PDF 的密码是 `sample`。\n\n| 工单 | 附件 | 内容 | 应得的结论 |\n|---|---|---|---|\n"
                        + "\n".join(rows) + "\n").encode())
    print("%d letters, %d kB" % (len(CASES), total // 1000))


if __name__ == "__main__":
    main(*sys.argv[1:2])
