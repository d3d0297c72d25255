#!/usr/bin/env bash
# Package:   software.amazon.dynamodb:DynamoDBLocal 3.3.1 (Maven; com.amazonaws:DynamoDBLocal 2.6.1 does the same, doubled)
# Behaviour: TransactWriteItems with ReturnConsumedCapacity reports for each table the sum of the *different* costs of its operations.
#            Operations of equal cost are counted once: five puts of small items count as one.
# Expected:  AWS bills two write units for each KB of each operation ("Amazon DynamoDB Transactions: How it works", capacity
#            management), and ConsumedCapacity is their sum: 10 for five puts.
# Seen:      1 put: 2.0 units / 5 puts: 2.0 units / 4 puts and one of 1.5 KB: 6.0 units
# Matters:   A test that measures the cost of a transaction with the official engine measures too little, and stays green however
#            many items of one size the transaction writes.
# Needs Java 17, Maven, curl and python3. Exits with 1 when the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
engine=
trap 'if [ -n "$engine" ]; then kill "$engine"; wait "$engine" || true; fi 2>/dev/null; rm -rf "$folder"' EXIT
cat > "$folder/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>software.amazon.dynamodb</groupId><artifactId>DynamoDBLocal</artifactId><version>3.3.1</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B -f "$folder/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies \
  -DincludeScope=runtime -DoutputDirectory="$folder/jars"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
java -Djava.library.path="$folder/jars" -cp "$folder/jars/*" software.amazon.dynamodb.services.local.main.ServerRunner \
  -inMemory -disableTelemetry -port "$port" > "$folder/log" 2>&1 &
engine=$!
ask() {
  curl -s --retry 60 --retry-delay 1 --retry-connrefused "http://localhost:$port/" -H "X-Amz-Target: DynamoDB_20120810.$1" \
    -H 'Content-Type: application/x-amz-json-1.0' -d "$2" \
    -H 'Authorization: AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0'
}
ask CreateTable '{"TableName": "things", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
  "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]}' > /dev/null

# units N SIZE: the reported cost of a transaction that puts N small items, and one more of SIZE bytes unless that is 0.
units() {
  python3 - "$@" > "$folder/ask.json" <<'PY'
import json, sys
small, size = int(sys.argv[1]), int(sys.argv[2])
items = [{"id": {"S": f"{small}-{size}-{i}"}} for i in range(small)]
if size:
    items.append({"id": {"S": f"{small}-{size}-large"}, "words": {"S": "x" * size}})
print(json.dumps({"ReturnConsumedCapacity": "TOTAL", "TransactItems": [{"Put": {"TableName": "things", "Item": it}} for it in items]}))
PY
  ask TransactWriteItems "@$folder/ask.json" | python3 -c 'import json, sys; print(json.load(sys.stdin)["ConsumedCapacity"][0]["CapacityUnits"])'
}
one=$(units 1 0) five=$(units 5 0) mixed=$(units 4 1500)
echo "1 put: $one units / 5 puts: $five units / 4 puts and one of 1.5 KB: $mixed units"
[ "$one $five $mixed" = "2.0 2.0 6.0" ]
