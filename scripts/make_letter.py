#!/usr/bin/env python3
"""Writes jdcloud-consent-letter.docx: the form of the letter that an enterprise fills in, stamps and scans.

Standard library only: a .docx is a ZIP of XML parts (ECMA-376). Change the texts below and run again; the same bytes come out
for the same texts. One A4 page, Song type by name with whatever the reader's machine has in its place."""
import os, zipfile
from xml.sax.saxutils import escape

OUT = os.path.join(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "Templates", "letters", "jdcloud-consent-letter.docx"
)
TITLE = "注销京东云账号同意书"
FIELDS = ["单位名称（与营业执照一致）", "统一社会信用代码", "京东云账号（用户名）", "联系人", "联系电话", "联系邮箱"]
BODY = [
    "我单位是上述京东云账号的实名认证主体，现申请注销该账号。",
    "我单位已阅读并同意《京东云账户注销须知》的全部内容，同意注销上述京东云账号。",
    "我单位知悉：账号注销后无法恢复，账号内的数据和权益将一并清除，由此产生的后果由我单位承担。",
]
CLOSING = ["单位（加盖公章）：", "经办人（签字）：", "日期：        年    月    日"]
NOTE = "填写说明：请填写全部项目并签字，在“单位（加盖公章）”处加盖单位公章（合同、财务、发票等专用章无效），然后彩色扫描或拍照，与工单一并提交。"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def run(text, size=24, bold=False, grey=False):
    """Size in half points."""
    return ('<w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体" w:hint="eastAsia"/>%s%s<w:sz w:val="%d"/>'
            '<w:szCs w:val="%d"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>') % (
                "<w:b/>" if bold else "", '<w:color w:val="595959"/>' if grey else "", size, size, escape(text))


def paragraph(content, align="left", before=0, after=0, line=420, first=0, left=0):
    """Distances in twentieths of a point."""
    return ('<w:p><w:pPr><w:spacing w:before="%d" w:after="%d" w:line="%d" w:lineRule="auto"/><w:ind w:left="%d" w:firstLine="%d"/>'
            '<w:jc w:val="%s"/></w:pPr>%s</w:p>') % (before, after, line, left, first, align, content)


def table(fields):
    widths, rows = (3200, 5800), []
    for name in fields:
        cells = "".join('<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>%s</w:tc>'
                        % (width, paragraph(text, line=240)) for width, text in zip(widths, (run(name), "")))
        rows.append('<w:tr><w:trPr><w:trHeight w:val="580" w:hRule="atLeast"/></w:trPr>' + cells + "</w:tr>")
    edges = "".join('<w:%s w:val="single" w:sz="6" w:space="0" w:color="000000"/>' % side
                    for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    return ('<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>%s</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
            "<w:tblGrid>%s</w:tblGrid>%s</w:tbl>") % (edges, "".join('<w:gridCol w:w="%d"/>' % w for w in widths), "".join(rows))


def document():
    parts = [paragraph(run(TITLE, 40, bold=True), "center", before=240, after=360), paragraph(run("致：京东云"), after=120), table(FIELDS)]
    parts.append(paragraph("", line=200))
    parts += [paragraph(run(text), first=480) for text in BODY]
    parts += [paragraph(run(text), before=700 if i == 0 else 260, left=4300) for i, text in enumerate(CLOSING)]
    parts.append(paragraph(run(NOTE, 18, grey=True), before=900, line=300))
    page = ('<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1418" w:bottom="1134" w:left="1418" w:header="600" '
            'w:footer="600" w:gutter="0"/></w:sectPr>')
    return HEAD + '<w:document xmlns:w="%s"><w:body>%s%s</w:body></w:document>' % (W, "".join(parts), page)


PARTS = [
    ("[Content_Types].xml", HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
     '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
     '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
     'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'),
    ("_rels/.rels", HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
     'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'),
    ("word/document.xml", document()),
]


def main():
    with zipfile.ZipFile(OUT, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PARTS:
            info = zipfile.ZipInfo(name, (2026, 1, 15, 0, 0, 0))
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
            archive.writestr(info, text.encode())


if __name__ == "__main__":
    main()
