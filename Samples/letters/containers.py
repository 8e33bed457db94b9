"""Writes pictures as files: JPEG within a number of bytes, PDF, locked PDF, ZIP, DOCX. The same bytes every time."""
import hashlib, io, zipfile
from PIL import Image, ImageChops

WHEN = (2026, 11, 12, 9, 0, 0)


LIMIT = 45_000


def jpeg(image, limit=None, **options):
    """The best quality that fits."""
    limit = limit or LIMIT
    for quality in (88, 84, 80, 74, 68, 62, 56, 50, 44):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True, **options)
        if out.tell() <= limit:
            break
    return out.getvalue()


def exif_turned(image):
    """Stored lying on its side; orientation 6 says: turn a quarter clockwise."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return jpeg(image.transpose(Image.ROTATE_90), exif=exif.tobytes())


def few_colours(image):
    """As a scanner saves "text and stamps": ramps from white to black, red and blue, nothing between them."""
    inks = ((24, 24, 24), (200, 20, 40), (36, 50, 130))
    ramps = [tuple(round(255 + (end - 255) * step / 15) for end in ink) for ink in inks for step in range(16)]
    palette = Image.new("P", (1, 1))
    palette.putpalette([value for colour in ramps for value in colour])
    return image.quantize(palette=palette, dither=Image.Dither.NONE)


def png(image):
    out = io.BytesIO()
    few_colours(image).save(out, "PNG", optimize=True)
    return out.getvalue()


def tiff(image):
    out = io.BytesIO()
    few_colours(image).save(out, "TIFF", compression="tiff_adobe_deflate")
    return out.getvalue()


def cmyk(image):
    """As a printer's software saves: what the three colours share is black ink."""
    cyan, magenta, yellow, _ = image.convert("CMYK").split()
    black = ImageChops.darker(ImageChops.darker(cyan, magenta), yellow)
    return jpeg(Image.merge("CMYK", [ImageChops.subtract(c, black) for c in (cyan, magenta, yellow)] + [black]), limit=max(LIMIT, 80_000))


def rc4(key, data):
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 255
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + box[i]) & 255
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) & 255])
    return bytes(out)


PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def pdf(pictures, password=None):
    """One JPEG a page, A4. With a password: the standard handler, version 1 (ISO 32000-1, 7.6), enough to keep a reader out."""
    ident = hashlib.md5(b"".join(pictures)).digest()
    objects, kids = {}, []
    for index, data in enumerate(pictures):
        width, height = Image.open(io.BytesIO(data)).size
        page, content, picture = 3 + 3 * index, 4 + 3 * index, 5 + 3 * index
        kids.append("%d 0 R" % page)
        objects[page] = ("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</P %d 0 R>>>>/Contents %d 0 R>>"
                         % (picture, content), None)
        objects[content] = ("<<", b"q 595 0 0 842 0 0 cm /P Do Q")
        objects[picture] = ("<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8"
                            "/Filter/DCTDecode" % (width, height), data)
    objects[1] = ("<</Type/Catalog/Pages 2 0 R>>", None)
    objects[2] = ("<</Type/Pages/Kids[%s]/Count %d>>" % (" ".join(kids), len(kids)), None)
    trailer, key = "", None
    if password is not None:
        user = (password.encode() + PADDING)[:32]
        owner = rc4(hashlib.md5(user).digest()[:5], user)
        key = hashlib.md5(user + owner + (-4 & 0xFFFFFFFF).to_bytes(4, "little") + ident).digest()[:5]
        lock = 3 + 3 * len(pictures)
        objects[lock] = ("<</Filter/Standard/V 1/R 2/Length 40/P -4/O<%s>/U<%s>>>" % (owner.hex(), rc4(key, PADDING).hex()), None)
        trailer = "/Encrypt %d 0 R" % lock
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    for number in sorted(objects):
        head, stream = objects[number]
        places.append(out.tell())
        if stream is None:
            out.write(b"%d 0 obj%s endobj\n" % (number, head.encode()))
        else:
            if key:
                stream = rc4(hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10], stream)
            out.write(b"%d 0 obj%s/Length %d>>stream\n" % (number, head.encode(), len(stream)) + stream + b"\nendstream endobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(("trailer<</Size %d/Root 1 0 R/ID[<%s><%s>]%s>>\nstartxref\n%d\n%%%%EOF\n"
               % (len(objects) + 1, ident.hex(), ident.hex(), trailer, start)).encode())
    return out.getvalue()


def archive(entries, method=zipfile.ZIP_STORED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in entries:
            info = zipfile.ZipInfo(name, WHEN)
            info.compress_type = method
            info.create_system = 3
            file.writestr(info, data)
    return out.getvalue()


def docx(picture, size):
    """A Word file that is one picture, as people make them from a phone."""
    wide = 5_400_000
    high = wide * size[1] // size[0]
    body = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document '
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body><w:p><w:r><w:drawing><wp:inline>'
        '<wp:extent cx="%d" cy="%d"/><wp:docPr id="1" name="scan"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="image1.jpeg"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        '</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p></w:body></w:document>') % (wide, high, wide, high)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return archive([
        ("[Content_Types].xml", head + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
         'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="jpeg" ContentType="image/jpeg"/><Override PartName="/word/document.xml" '
         'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'),
        ("_rels/.rels", head + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
         'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'),
        ("word/document.xml", body),
        ("word/_rels/document.xml.rels", head + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
         'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/image1.jpeg"/></Relationships>'),
        ("word/media/image1.jpeg", picture)], zipfile.ZIP_DEFLATED)
