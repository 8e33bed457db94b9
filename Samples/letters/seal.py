"""Draws stamps as coverage masks (0 paper, 255 full ink) and presses them on a sheet."""
import math
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .page import font, mm

RED, BLUE, GREY = (206, 26, 40), (40, 62, 168), (84, 84, 84)
FINE = 3  # drawn this much larger, then reduced


def along(mask, text, centre, rx, ry, height, middle, pitch, face="song", narrow=0.62, outward=True):
    """Text along an ellipse. `middle` and `pitch` in degrees clockwise from the top; `height` of a character in pixels."""
    for index, character in enumerate(text):
        angle = middle + (index - (len(text) - 1) / 2) * pitch * (1 if outward else -1)
        turn = math.radians(angle)
        x, y = centre[0] + rx * math.sin(turn), centre[1] - ry * math.cos(turn)
        tile = Image.new("L", (round(height * 1.1),) * 2, 0)
        ImageDraw.Draw(tile).text((tile.width / 2, tile.height / 2), character, font=font(face, height), fill=255, anchor="mm",
                                  stroke_width=max(1, round(height / 26)))
        tile = tile.resize((max(2, round(tile.width * narrow)), tile.height), Image.BICUBIC)
        # the normal of an ellipse is not the direction of its centre
        normal = math.degrees(math.atan2(math.sin(turn) / rx, math.cos(turn) / ry))
        tile = tile.rotate(-normal + (0 if outward else 180), Image.BICUBIC, expand=True)
        box = (round(x - tile.width / 2), round(y - tile.height / 2))
        region = mask.crop((box[0], box[1], box[0] + tile.width, box[1] + tile.height))
        mask.paste(ImageChops.lighter(region, tile), box)


def star(draw, centre, radius):
    points = [(centre[0] + r * math.sin(i * math.pi / 5), centre[1] - r * math.cos(i * math.pi / 5))
              for i, r in enumerate([radius, radius * 0.382] * 5)]
    draw.polygon(points, fill=255)


def round_seal(company, code, purpose="", diameter=42):
    """Ring, star, the company's name along the ring, the code at the bottom, a purpose under the star."""
    size = round(mm(diameter) * FINE)
    mask = Image.new("L", (size + 8 * FINE,) * 2, 0)
    draw, middle, radius = ImageDraw.Draw(mask), mask.width / 2, size / 2
    draw.ellipse((middle - radius, middle - radius, middle + radius, middle + radius), outline=255, width=round(radius * 0.055))
    star(draw, (middle, middle), radius * (0.28 if purpose else 0.31))
    height = radius * 0.27
    pitch = min(25.0, 236 / max(1, len(company) - 1))
    arc = radius * 0.765
    narrow = min(0.72, math.radians(pitch) * arc / height * 0.86)
    along(mask, company, (middle, middle), arc, arc, height, 0, pitch, narrow=narrow)
    along(mask, code, (middle, middle), radius * 0.84, radius * 0.84, radius * 0.115, 180, 5.0, face="hei", narrow=0.9, outward=False)
    if purpose:
        draw.text((middle, middle + radius * 0.46), purpose, font=font("song", radius * 0.2), fill=255, anchor="mm", stroke_width=2)
    return mask.resize((round(mask.width / FINE),) * 2, Image.LANCZOS)


def oval_seal(company, number, purpose):
    wide, high = round(mm(40) * FINE), round(mm(30) * FINE)
    mask = Image.new("L", (wide + 8 * FINE, high + 8 * FINE), 0)
    draw, x, y = ImageDraw.Draw(mask), mask.width / 2, mask.height / 2
    draw.ellipse((x - wide / 2, y - high / 2, x + wide / 2, y + high / 2), outline=255, width=round(mm(1) * FINE))
    height = high * 0.15
    along(mask, company, (x, y), wide * 0.385, high * 0.37, height, 0, min(20, 190 / (len(company) - 1)), narrow=0.7)
    draw.text((x, y), number, font=font("hei", high * 0.085), fill=255, anchor="mm")
    draw.text((x, y + high * 0.22), purpose, font=font("song", high * 0.13), fill=255, anchor="mm", stroke_width=2)
    return mask.resize((mask.width // FINE, mask.height // FINE), Image.LANCZOS)


def chop(name):
    size = round(mm(18) * FINE)
    mask = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(mask)
    draw.rectangle((2, 2, size - 3, size - 3), outline=255, width=round(mm(1) * FINE))
    text = (name + "之印")[:4].ljust(4, "印")
    for index, character in enumerate(text):
        draw.text((size * (0.72 - 0.44 * (index // 2)), size * (0.29 + 0.42 * (index % 2))), character,
                  font=font("kai", size * 0.4), fill=255, anchor="mm", stroke_width=2)
    return mask.resize((size // FINE,) * 2, Image.LANCZOS)


def fingerprint(chance):
    """Ridges as bent ellipses inside an egg-shaped pad."""
    wide, high = round(mm(15) * FINE), round(mm(21) * FINE)
    mask = Image.new("L", (wide, high), 0)
    draw, step = ImageDraw.Draw(mask), mm(0.62) * FINE
    for index in range(1, 34):
        r = index * step
        cx, cy = wide / 2 + math.sin(index * 0.5) * step * 0.5, high * 0.46 + math.cos(index * 0.35) * step
        draw.ellipse((cx - r * 0.8, cy - r, cx + r * 0.8, cy + r * 1.15), outline=235, width=round(step * 0.55))
    pad = Image.new("L", mask.size, 0)
    ImageDraw.Draw(pad).ellipse((wide * 0.05, high * 0.04, wide * 0.95, high * 0.96), fill=255)
    pad = pad.filter(ImageFilter.GaussianBlur(mm(0.8) * FINE))
    worn = clouds(chance, mask.size, 9).point(lambda v: 130 + v // 2)
    return ImageChops.multiply(ImageChops.multiply(mask, pad), worn).resize((wide // FINE, high // FINE), Image.LANCZOS)


def logo():
    """A round company mark: disc, white bars, ring. No star and no writing."""
    size = round(mm(26) * FINE)
    mask = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(mask)
    draw.ellipse((2, 2, size - 3, size - 3), outline=255, width=round(size * 0.04))
    draw.ellipse((size * 0.14, size * 0.14, size * 0.86, size * 0.86), fill=255)
    for i in range(3):
        draw.polygon([(size * (0.25 + 0.17 * i), size * 0.72), (size * (0.4 + 0.17 * i), size * 0.28),
                      (size * (0.48 + 0.17 * i), size * 0.28), (size * (0.33 + 0.17 * i), size * 0.72)], fill=0)
    return mask.resize((size // FINE,) * 2, Image.LANCZOS)


def clouds(chance, size, cells):
    """Smooth noise, 0...255, `cells` bumps across."""
    high = max(2, round(cells * size[1] / size[0]))
    return Image.frombytes("L", (cells, high), chance.randbytes(cells * high)).resize(size, Image.BICUBIC)


def inked(mask, chance, wear):
    """What of the stamp the pad gave: uneven pressure, a rough edge, specks without ink."""
    pressure = clouds(chance, mask.size, 5).point(lambda v: round(255 - wear * 150 * (v / 255) ** 1.2 - wear * 60))
    specks = clouds(chance, mask.size, mask.width // 2)
    bare = clouds(chance, mask.size, 14)
    limit = 232 - wear * 150
    holes = ImageChops.add(specks, bare, 2).point(lambda v: 255 if v < limit - 30 else max(0, round(255 - (v - limit + 30) * 9)))
    grain = clouds(chance, mask.size, mask.width).point(lambda v: 205 + v // 5)
    spread = mask.filter(ImageFilter.GaussianBlur(0.7))
    return ImageChops.multiply(ImageChops.multiply(ImageChops.multiply(spread, pressure), holes), grain)


def press(sheet, mask, at, colour, strength=0.9):
    """Multiplies ink over the sheet, the mask's middle at `at`; what is outside the sheet is lost."""
    over = Image.new("RGB", sheet.size, "white")
    full = Image.new("L", sheet.size, 0)
    full.paste(mask, (round(at[0] - mask.width / 2), round(at[1] - mask.height / 2)))
    over.paste(colour, (0, 0), full.point(lambda v: round(v * strength)))
    return ImageChops.multiply(sheet, over)


def put(sheet, mask, at, colour):
    """Lays a flat colour over everything, as an editor pastes a picture."""
    sheet = sheet.copy()
    sheet.paste(colour, (round(at[0] - mask.width / 2), round(at[1] - mask.height / 2)), mask)
    return sheet
