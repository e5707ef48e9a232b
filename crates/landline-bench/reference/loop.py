"""The Python chat handler in a bare interpreter: prints the median of its own time in milliseconds.

The handler is the example's, but for the scheme of its endpoint: the server it talks to here has no certificate.
"""

import os
import pathlib
import statistics
import sys
import time

address, warm_up, times = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
os.environ.update(
    AWS_ENDPOINT_URL=f"http://{address}",
    AWS_ACCESS_KEY_ID="bench",
    AWS_SECRET_ACCESS_KEY="bench",
    AWS_DEFAULT_REGION="us-east-1",
    TABLE_NAME="chat-connections",
)
source = pathlib.Path(__file__).resolve().parents[3] / "examples/chat/python/send_message.py"
module = {}
exec(compile(source.read_text().replace("https://", "http://"), source, "exec"), module)

event = {
    "requestContext": {"domainName": address, "stage": "prod"},
    "body": '{"action":"sendmessage","data":"message"}',
}
taken = []
for _ in range(warm_up + times):
    start = time.perf_counter()
    module["handler"](event, None)
    taken.append(time.perf_counter() - start)
print(statistics.median(taken[warm_up:]) * 1e3)
