"""Turns a drawn sheet into what a scanner or a phone gives."""
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from .page import font
from .seal import clouds


def grain(image, chance, strength):
    """Sensor noise: the same on the three channels."""
    noise = Image.frombytes("L", image.size, chance.randbytes(image.width * image.height)).filter(ImageFilter.GaussianBlur(0.6))
    noise = noise.point(lambda v: max(0, min(255, round(128 + (v - 128) * strength))))
    return ImageChops.add(image, Image.merge("RGB", [noise] * 3), 1, -128)


def paper(image, chance, tint):
    """The paper's own colour, a little cloudy."""
    shade = clouds(chance, image.size, 6).point(lambda v: 249 + v // 43)
    image = ImageChops.multiply(image, Image.new("RGB", image.size, tint))
    return ImageChops.multiply(image, Image.merge("RGB", [shade] * 3))


def scan(image, chance, skew=None):
    tint = chance.choice([(252, 251, 247), (249, 246, 236), (247, 249, 250)])
    image = paper(image, chance, tint)
    angle = chance.uniform(-1.6, 1.6) if skew is None else skew
    image = image.rotate(angle, Image.BICUBIC, fillcolor=tint)
    # the lid's shadow along one side
    edge = Image.linear_gradient("L").rotate(90).resize(image.size).point(lambda v: 255 if v > 10 else 214 + v * 4)
    if chance.random() < 0.6:
        image = ImageChops.multiply(image, Image.merge("RGB", [edge] * 3))
    return grain(image.filter(ImageFilter.GaussianBlur(0.5)), chance, 0.03)


def cleaned(image, chance):
    """A scanner that makes the paper white."""
    return image.rotate(chance.uniform(-0.8, 0.8), Image.BICUBIC, fillcolor="white").filter(ImageFilter.GaussianBlur(0.45)).point(
        lambda v: min(255, round(v * 1.06)))


def coefficients(source, target):
    """Eight numbers of Image.PERSPECTIVE that take points of the result (`target`) to points of `source`."""
    rows = []
    for (x, y), (u, v) in zip(target, source):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for i in range(8):
        best = max(range(i, 8), key=lambda r: abs(rows[r][i]))
        rows[i], rows[best] = rows[best], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for r in range(8):
            if r != i:
                rows[r] = [a - rows[r][i] * b for a, b in zip(rows[r], rows[i])]
    return [row[8] for row in rows]


def desk(size, chance):
    """Boards: noise drawn out along the grain."""
    width, height = size
    fine = Image.frombytes("L", (6, height // 2), chance.randbytes(6 * (height // 2))).resize(size, Image.BICUBIC)
    coarse = clouds(chance, size, 3)
    tone = ImageChops.add(fine, coarse, 2)
    ramps = ((112, 62), (78, 50), (48, 40))  # of red, green, blue: darkest, and how much lighter at most
    return Image.merge("RGB", [tone.point(lambda v, low=low, more=more: round(low + more * v / 255)) for low, more in ramps])


def photo(image, chance, warm=False):
    """A sheet on a desk from above: perspective, a shadow, light that falls off."""
    size = (1080, 1440)
    back = desk(size, chance)
    j = lambda value: value + chance.uniform(-22, 22)
    target = [(j(96), j(84)), (j(988), j(70)), (j(1012), j(1352)), (j(72), j(1368))]
    source = [(0, 0), (image.width, 0), (image.width, image.height), (0, image.height)]
    numbers = coefficients(source, target)
    sheet = paper(image, chance, (250, 247, 240)).transform(size, Image.PERSPECTIVE, numbers, Image.BICUBIC)
    cover = Image.new("L", image.size, 255).transform(size, Image.PERSPECTIVE, numbers, Image.BICUBIC)
    shadow = ImageChops.offset(cover, 9, 12).filter(ImageFilter.GaussianBlur(12)).point(lambda v: 255 - v // 2)
    back = ImageChops.multiply(back, Image.merge("RGB", [shadow] * 3))
    back.paste(sheet, (0, 0), cover)
    light = clouds(chance, size, 2).point(lambda v: 188 + v // 4)
    tint = (255, 240, 212) if warm else (246, 250, 255)
    back = ImageChops.multiply(back, Image.merge("RGB", [light] * 3))
    back = ImageChops.multiply(back, Image.new("RGB", size, tint))
    return grain(back.filter(ImageFilter.GaussianBlur(0.55)), chance, 0.04)


def take(image, case, chance):
    """The picture of a case's sheet."""
    if case.capture == "cleaned":
        return cleaned(image, chance)
    if case.capture == "photo":
        return photo(image, chance, warm=case.pen)
    if case.capture == "grey":
        copy = ImageEnhance.Contrast(scan(image, chance).convert("L")).enhance(1.35)
        return grain(copy.convert("RGB"), chance, 0.05).convert("L")
    picture = scan(image, chance)
    if case.capture == "blurred":
        streak = picture
        for step in range(1, 9):
            streak = Image.blend(streak, ImageChops.offset(picture, step * 2, step), 1 / (step + 1))
        return streak.filter(ImageFilter.GaussianBlur(5))
    if case.capture == "small":
        return picture.resize((300, 424), Image.LANCZOS)
    if case.capture == "dark":
        return grain(picture.point(lambda v: round(v * 0.11 + 4)), chance, 0.08)
    return picture


def crop_through(image, at):
    """The lower part of the sheet lies outside the glass: cut just above the middle of the seal."""
    return image.crop((0, 0, image.width, round(at[1] - 6)))


def licence_like(chance):
    """A second attachment that is no letter: a frame and a few lines as of a certificate, no real form."""
    image = Image.new("RGB", (900, 640), (244, 240, 226))
    draw = ImageDraw.Draw(image)
    draw.rectangle((26, 26, 873, 613), outline=(176, 132, 60), width=6)
    draw.text((450, 120), "营业执照（样例）", font=font("bold", 54), fill=(40, 40, 40), anchor="mm")
    for i, text in enumerate(("名　　称　鹿鸣示例软件有限公司", "类　　型　有限责任公司", "住　　所　示例市虚拟区样例路 1 号")):
        draw.text((130, 240 + 80 * i), text, font=font("song", 32), fill=(40, 40, 40), anchor="lm")
    return grain(image, chance, 0.04)
