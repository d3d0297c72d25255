#!/bin/sh
# awscli 1.46.3: `--generate-cli-skeleton output` refuses commands that are valid.
#
# The help says of this option that with the value "output" it validates the command's inputs and returns a sample of what the
# command would answer. That makes it the obvious way to check commands in a document without an account. But the sample itself is
# checked against the model of the answer, and for some operations it does not pass: the command is right, nothing is printed, the
# exit status is 255, and the complaint is about members that nobody gave.
#
# Seen with awscli 1.46.3 on Python 3.11:
#   aws dynamodb get-item --table-name t --key '{"id": {"S": "1"}}' --generate-cli-skeleton output
#     Parameter validation failed:
#     Invalid type for parameter Item.KeyName.B, value: None, type: <class 'NoneType'>, valid types: <class 'bytes'>, …
#   aws scheduler get-schedule --name n --generate-cli-skeleton output
#     Parameter validation failed:
#     Invalid value for parameter FlexibleTimeWindow.MaximumWindowInMinutes, value: 0, valid min value: 1 …
# while `aws dynamodb list-tables --generate-cli-skeleton output` works.
#
# It matters to whoever checks documented commands by it: a quarter of ours failed though they are right. infra/documents_test.py
# therefore lets the CLI build the whole request, which validates it, and answers in place of the service.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check awscli==1.46.3
export AWS_DEFAULT_REGION=eu-west-1 AWS_ACCESS_KEY_ID=a AWS_SECRET_ACCESS_KEY=b AWS_CONFIG_FILE="$folder/none" AWS_EC2_METADATA_DISABLED=true

refused() { # a complaint, and the valid command that gets it
	words=$1
	shift
	if said=$("$folder/venv/bin/aws" "$@" --generate-cli-skeleton output 2>&1); then
		echo "it is taken now: aws $*"
		exit 1
	fi
	case $said in
	*"$words"*) echo "refused as before: aws $1 $2" ;;
	*) echo "refused otherwise: $said"; exit 1 ;;
	esac
}

"$folder/venv/bin/aws" dynamodb list-tables --generate-cli-skeleton output | grep -q TableNames
refused "Invalid type for parameter Item.KeyName.B, value: None" dynamodb get-item --table-name t --key '{"id": {"S": "1"}}'
refused "FlexibleTimeWindow.MaximumWindowInMinutes, value: 0, valid min value: 1" scheduler get-schedule --name n
