"""An engine whose behaviour the first byte of each picture chooses: see RecognitionFailureTests.swift."""
import json, os, sys, time

stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
mode = sys.argv[1] if len(sys.argv) > 1 else ""


def say(text):
    stdout.write(text.encode())
    stdout.flush()


def reply(**fields):
    say(json.dumps(fields) + "\n")


if mode == "silent":
    time.sleep(600)
if mode == "dead":
    sys.exit("no model here")
while True:
    line = stdin.readline()
    if not line:
        break
    request = json.loads(line)
    payload = stdin.read(request["bytes"])
    me = request["id"]
    if request["op"] == "info":
        reply(id=me, name="scripted", version="1", reads_names=False, gives_frames=mode != "lines-only")
        continue
    if request["op"] == "frames":
        rows = {c: [-3.0] * 4 for c in request["characters"]}
        table = dict(id=me, best_text="云", best=[-0.1] * 4, blank=[-2.5] * 4, characters=rows)
        wrong = {
            1: dict(characters={c: [-0.2] * 4 for c in rows}),
            2: dict(blank=[-2.5] * 3),
            3: dict(best=[0.5] * 4),
            4: dict(characters={"别": [-3.0] * 4}),
            5: dict(best=[-2.9] * 4),
            6: dict(best_text=None),
            7: dict(best=[], blank=[], characters={}),
            8: dict(best=[-0.1, -0.1, None, -0.1]),
        }
        reply(**{**table, **wrong.get(payload[0], {})})
        continue
    lines = [dict(text=f"{os.getpid()} {sum(payload)}", box=[0, 0, request["width"], request["height"]], confidence=0.5)]
    what = payload[0]
    if what == 1:
        say("certainly! here are the lines you asked for\n")
    elif what == 2:
        say('{"id":"1","lines":[')
        time.sleep(600)
    elif what == 3:
        for _ in range(20):
            say("x" * (1 << 20))
        say("\n")
    elif what == 4:
        time.sleep(600)
    elif what == 5:
        sys.exit("the library gave up")
    elif what == 6:
        reply(id="another", lines=lines)
    elif what == 7:
        reply(id=me, lines=[dict(lines[0], box=[0, 0, request["width"] + 1, 1])])
    elif what == 8:
        reply(id=me, lines=[dict(lines[0], confidence=1.5)])
    elif what == 9:
        reply(id=me, lines=[dict(lines[0], text="two\nlines")])
    elif what == 10:
        hoard = bytearray(os.urandom(1 << 20)) * 200
        time.sleep(600)
    elif what == 11:
        reply(id=me, error=dict(code="unsupported", what="not such a picture"))
    elif what == 12:
        reply(id=me, error=dict(code="failed", what="out of memory"))
    elif what == 13:
        say("[" * 100000 + "\n")
    elif what == 14:
        reply(id=me, lines=[dict(lines[0], box=[9223372036854775807, 0, 9223372036854775807, 1])])
    elif what == 15:
        reply(id=me)
    elif what == 16:
        reply(id=me, lines=lines)
        sys.exit(0)
    else:
        reply(id=me, lines=lines)
