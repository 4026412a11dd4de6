"""A judge for the toy lesson: right is 42. It also plays a broken judge."""

import json
import sys


def main():
    if "--broken" in sys.argv:
        sys.exit("the judge is broken on purpose")
    for line in sys.stdin:
        request = json.loads(line)
        value = json.loads(request["snapshot"])["value"]
        states = {
            None: ("not attempted", 0.0),
            42: ("passed", 2.0),
            41: ("failed", 1.0),
        }
        status, points = states.get(value, ("failed", 0.0))
        wrong = [{"code": f"TOY.IS_{value}", "message": f"Received {value}."}]
        answer = {
            "title": request["exercise"].title(),
            "status": status,
            "points": points,
            "text": f"{status}: {value}",
            "html": f"<p>{status}</p>",
            "findings": wrong if status == "failed" else [],
            "code": "",
            "takes_code": False,
            "stand_in": False,
        }
        sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
