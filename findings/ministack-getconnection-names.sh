#!/usr/bin/env bash
# Package:   ministack 1.5.33 (PyPI), an emulator of AWS; asked by boto3 1.43.106
# Behaviour: GetConnection of a WebSocket API answers with the fields ConnectedAt, Identity and LastActiveAt, and with times as
#            seconds since 1970.
# Expected:  AWS answers connectedAt, identity and lastActiveAt, with times in ISO 8601 (API reference of @connections).
# Seen:      on the wire: ConnectedAt Identity LastActiveAt / by the SDK: nothing
# Matters:   An SDK ignores fields that it does not know, without an error. A program that asks when a connection was last active
#            gets no time for any open connection, so code that depends on it never runs on this emulator, or always fails.
# Needs Python 3.11 with venv. Exits with 1 when the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
emulator=
trap 'if [ -n "$emulator" ]; then kill "$emulator"; wait "$emulator" || true; fi 2>/dev/null; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ministack==1.5.33 boto3==1.43.106
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
GATEWAY_PORT=$port BIND_HOST=127.0.0.1 IOT_MTLS_ENABLED=0 SFTP_ENABLED=0 HOME=$folder TMPDIR=$folder \
  "$folder/venv/bin/python" -m ministack > "$folder/log" 2>&1 &
emulator=$!
cat > "$folder/ask.py" <<'PY'
import base64, io, json, os, socket, sys, time, urllib.request, zipfile
import boto3

port = int(sys.argv[1])
url = f"http://localhost:{port}"
deadline = time.monotonic() + 60
while True:
    try:
        urllib.request.urlopen(f"{url}/_localstack/health").read()
        break
    except OSError:
        if time.monotonic() > deadline:
            raise
        time.sleep(0.2)
client = lambda name, at=url: boto3.client(name, endpoint_url=at, region_name="us-east-1", aws_access_key_id="any", aws_secret_access_key="any")

# A WebSocket API whose one function answers with the id of the connection.
code = io.BytesIO()
with zipfile.ZipFile(code, "w") as archive:
    archive.writestr("index.py", "def handler(event, context):\n    return {'statusCode': 200, 'body': event['requestContext']['connectionId']}\n")
function = client("lambda").create_function(FunctionName="id", Runtime="python3.11", Handler="index.handler",
                                            Role="arn:aws:iam::000000000000:role/any", Code={"ZipFile": code.getvalue()})["FunctionArn"]
apis = client("apigatewayv2")
api = apis.create_api(Name="id", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action")["ApiId"]
integration = apis.create_integration(ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=
    f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function}/invocations")["IntegrationId"]
apis.create_route(ApiId=api, RouteKey="$default", Target=f"integrations/{integration}", RouteResponseSelectionExpression="$default")
apis.create_stage(ApiId=api, StageName="live", AutoDeploy=True)

# One connection, one frame, one answer.
line = socket.create_connection(("localhost", port))
stream = line.makefile("rb")
key = base64.b64encode(os.urandom(16)).decode()
line.sendall((f"GET /_aws/execute-api/{api}/live HTTP/1.1\r\nHost: localhost:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
while stream.readline().strip():
    pass
line.sendall(b"\x81\x82" + bytes(4) + b"{}")
length = stream.read(2)[1]
connection = stream.read(length).decode()

base = f"{url}/_aws/execute-api/{api}/live"
raw = json.load(urllib.request.urlopen(f"{base}/@connections/{connection}"))
told = client("apigatewaymanagementapi", base).get_connection(ConnectionId=connection)
told.pop("ResponseMetadata")
print(f"on the wire: {' '.join(sorted(raw))} / by the SDK: {' '.join(sorted(told)) or 'nothing'}")
sys.exit(sorted(raw) != ["ConnectedAt", "Identity", "LastActiveAt"] or bool(told) or not isinstance(raw["LastActiveAt"], int))
PY
"$folder/venv/bin/python" "$folder/ask.py" "$port"
