"""RapidOCR behind a pipe: docs/ocr-protocol.md, requests on standard input, replies on standard output.

One process, one thread, warm: the models are loaded at the first request and kept. Whatever a library prints goes to
standard error. No network: any try to open a connection ends the request, so a missing model is an error, never a
download. Ends with the end of standard input.
"""

import os

# Before numpy and OpenCV are loaded: they read these once. Spinning threads cost more than they bring (one worker a core).
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_THREAD_LIMIT"):
    os.environ[name] = "1"

import argparse
import collections
import ctypes
import hashlib
import json
import resource
import sys
import time

HEADER_BYTES = 64 << 10
PICTURE_PIXELS = 40_000_000
SIDE = 20_000
CHARACTERS = 512
PROCESSOR_SECONDS = 120
# A strip is read at this height; longer ones than this many heights are refused.
STRIP_RATIO = 60
# Log probabilities below this are as good as never, and JSON has no minus infinity.
LOG_FLOOR = 1e-10
# Pixels along the long side of the picture that lines are found on.
DETECTOR_SIDE = 960
# The network's answers to the last strips, in bytes: the same strip is asked for again with other characters.
KEPT_BYTES = 48 << 20


class BadRequest(Exception):
    """The request is wrong; the engine is well."""

    def __init__(self, code, what):
        super().__init__(what)
        self.code = code


def refuse_network(event, _):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind"):
        raise PermissionError("this worker uses no network; a model that is missing must come with the installation")


class Engine:
    def __init__(self, long_side):
        import cv2
        import numpy
        import rapidocr
        from importlib.metadata import version

        cv2.setNumThreads(1)
        self.cv2, self.numpy, self.long_side = cv2, numpy, long_side
        self.rapid = rapidocr.RapidOCR(
            params={
                "Global.log_level": "warning",
                # Every line with its confidence: what is too poor to count is for the caller to say.
                "Global.text_score": 0.0,
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                # Batches are padded to their longest line: on one thread that costs time and memory and brings nothing.
                "Rec.rec_batch_num": 1,
            }
        )
        # The library loads each network at its first use; here, so that a missing model shows at once.
        self.rapid._load_det_model()
        self.rapid._load_cls_model()
        self.recognizer = self.rapid._load_rec_model()
        self.detector_side = self.rapid.text_det.limit_side_len
        self.kept = collections.OrderedDict()
        settings = self.rapid.cfg.Rec
        self.name = "RapidOCR"
        self.version = f"{version('rapidocr')} {settings.ocr_version.value} {settings.model_type.value}"

    def info(self):
        return {"name": self.name, "version": self.version, "reads_names": True, "gives_frames": True}

    def lines(self, picture):
        """Lines of a page, any quarter turn; boxes in pixels of `picture`, upright, clipped to it."""
        # Another page, and most often another letter: its room is needed.
        self.kept.clear()
        height, width = picture.shape[:2]
        scale = min(1.0, self.long_side / max(width, height))
        if scale < 1.0:
            size = (max(1, round(width * scale)), max(1, round(height * scale)))
            picture = self.cv2.resize(picture, size, interpolation=self.cv2.INTER_AREA)
        # Lines are found on a smaller picture than they are read from: finding costs by the pixel, reading by the line, and
        # small print is told apart by its pixels. The library enlarges narrow pictures until their short side has so many
        # pixels, without bound: paper beside them instead, and no more enlarging than to the size of a page.
        side = max(32, -(-max(picture.shape[:2]) // 8))
        down, right = (max(0, side - length) for length in picture.shape[:2])
        if down or right:
            picture = self.cv2.copyMakeBorder(picture, 0, down, 0, right, self.cv2.BORDER_REPLICATE)
        short, long = sorted(picture.shape[:2])
        detector = self.rapid.text_det
        if long > DETECTOR_SIDE:
            detector.limit_type, detector.limit_side_len = "max", DETECTOR_SIDE
        else:
            detector.limit_type = "min"
            detector.limit_side_len = max(32, min(self.detector_side, short * DETECTOR_SIDE // long))
        result = self.rapid(picture)
        if getattr(result, "boxes", None) is None or result.txts is None:
            return []
        lines = []
        for corners, text, confidence in zip(result.boxes, result.txts, result.scores):
            left, top = (max(0, int(value)) for value in (corners.min(axis=0) / scale))
            right, bottom = (int(value) for value in self.numpy.ceil(corners.max(axis=0) / scale))
            right, bottom = min(width, right), min(height, bottom)
            if right > left and bottom > top:
                box = [left, top, right - left, bottom - top]
                lines.append({"text": text, "box": box, "confidence": round(float(confidence), 5)})
        return lines

    def frames(self, strip, characters):
        """The recognition network's natural-log probabilities, frame by frame, for one line of writing."""
        height, width = strip.shape[:2]
        ratio = width / height
        if ratio > STRIP_RATIO:
            raise BadRequest("too_large", f"the strip is more than {STRIP_RATIO} times as long as high")
        output = self.seen(strip)
        decoder = self.recognizer.postprocess_op
        text = decoder(output)[0][0][0]
        known = [c for c in characters if c in decoder.dict]
        # The likeliest class, none, and those asked for; the rest of the table is never looked at.
        columns = [output[0].max(axis=1), output[0][:, 0], *(output[0][:, decoder.dict[c]] for c in known)]
        table = self.numpy.log(self.numpy.clip(self.numpy.stack(columns), LOG_FLOOR, 1.0))
        best, blank, *rows = self.numpy.round(table.astype(self.numpy.float64), 4).tolist()
        return {"best_text": text, "best": best, "blank": blank, "characters": dict(zip(known, rows))}

    def seen(self, strip):
        """The network's probabilities for a strip: one class after the other, frame by frame."""
        key = (strip.shape, hashlib.sha256(strip.tobytes()).digest())
        if key in self.kept:
            self.kept.move_to_end(key)
            return self.kept[key]
        # As TextRecognizer.__call__ does for a batch of one.
        height, width = strip.shape[:2]
        _, shape_height, shape_width = self.recognizer.rec_image_shape
        pixels = self.recognizer.resize_norm_img(strip, max(width / height, shape_width / shape_height))
        output = self.recognizer.session(pixels[self.numpy.newaxis].astype(self.numpy.float32))
        self.kept[key] = output
        while len(self.kept) > 1 and sum(table.nbytes for table in self.kept.values()) > KEPT_BYTES:
            self.kept.popitem(last=False)
        return output


def answer(engine, request, payload):
    operation = request.get("op")
    if operation == "info":
        return engine().info()
    if operation not in ("lines", "frames"):
        raise BadRequest("unsupported", "op must be info, lines or frames")
    width, height = request.get("width"), request.get("height")
    if not (type(width) is int and type(height) is int and 0 < width <= SIDE and 0 < height <= SIDE):
        raise BadRequest("bad_request", "width and height must be whole numbers of pixels")
    if len(payload) != width * height * 3:
        raise BadRequest("bad_request", "bytes must be width * height * 3")
    loaded = engine()
    picture = loaded.numpy.frombuffer(payload, dtype=loaded.numpy.uint8).reshape(height, width, 3)
    picture = loaded.numpy.ascontiguousarray(picture[:, :, ::-1])  # OpenCV's order is blue, green, red
    if operation == "lines":
        return {"lines": loaded.lines(picture)}
    characters = request.get("characters", [])
    if type(characters) is not list or not all(type(c) is str and len(c) == 1 for c in characters):
        raise BadRequest("bad_request", "characters must be single characters")
    if len(characters) > CHARACTERS:
        raise BadRequest("too_large", f"more than {CHARACTERS} characters")
    return loaded.frames(picture, characters)


def root_cause(error):
    """The first error of a chain: the library wraps a refused connection several times."""
    while (error.__cause__ or error.__context__) is not None:
        error = error.__cause__ or error.__context__
    return f"{type(error).__name__}: {error}"


def read_exactly(stream, count):
    data = bytearray(count)
    view, done = memoryview(data), 0
    while done < count:
        got = stream.readinto(view[done:])
        if not got:
            return None
        done += got
    return data


def serve(source, sink, long_side):
    state = []

    def engine():
        if not state:
            state.append(Engine(long_side))
        return state[0]

    libc = ctypes.CDLL(None)
    while True:
        header = source.readline(HEADER_BYTES + 1)
        if not header:
            return 0
        try:
            request = json.loads(header) if header.endswith(b"\n") else None
        except ValueError:
            request = None
        size = request.get("bytes", 0) if type(request) is dict else None
        if type(size) is not int or not 0 <= size <= PICTURE_PIXELS * 3:
            # Nobody can tell where the next request begins.
            print("closedesk-ocr: the request line cannot be read", file=sys.stderr)
            return 65
        payload = read_exactly(source, size)
        if payload is None:
            return 0
        # The parent has its own, shorter deadline; this one ends a busy worker whose parent is gone.
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + PROCESSOR_SECONDS, resource.RLIM_INFINITY))
        try:
            reply = answer(engine, request, payload)
        except BadRequest as error:
            reply = {"error": {"code": error.code, "what": str(error)}}
        except MemoryError:
            reply = {"error": {"code": "failed", "what": "out of memory"}}
        except Exception as error:  # noqa: BLE001 - the parent must hear of it, whatever it is
            code = "failed" if state else "unavailable"
            reply = {"error": {"code": code, "what": root_cause(error)[:500]}}
        del payload
        reply["id"] = request.get("id")
        sink.write(json.dumps(reply, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n")
        sink.flush()
        libc.malloc_trim(0)  # what a page needed goes back, so that the process does not grow to the worst page


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long-side", type=int, default=1600, help="pages are reduced to this many pixels")
    options = parser.parse_args()
    # Replies keep the real standard output for themselves; print() of any library lands on standard error.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.addaudithook(refuse_network)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold a customer's letter
    return serve(sys.stdin.buffer, replies, options.long_side)


if __name__ == "__main__":
    sys.exit(main())
