#!/bin/sh
# awscli 1.46.3: `--generate-cli-skeleton output` refuses commands that are valid.
#
# According to the help, the value "output" validates the command's inputs and returns a sample of the response. That makes it the
# obvious way to check commands in a document without an account. But the sample itself is validated against the response's model,
# and for some operations this fails: the command is right, nothing is printed, the exit status is 255, and the error names
# members that the user did not give.
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
# It matters for checking the commands in documents: a quarter of ours failed although they are right. infra/documents_test.py
# therefore lets the CLI build the whole request, which validates it, and answers in place of the service.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check awscli==1.46.3
export AWS_DEFAULT_REGION=eu-west-1 AWS_ACCESS_KEY_ID=a AWS_SECRET_ACCESS_KEY=b AWS_CONFIG_FILE="$folder/none" AWS_EC2_METADATA_DISABLED=true

refused() { # the expected error, and the valid command that gets it
	words=$1
	shift
	if said=$("$folder/venv/bin/aws" "$@" --generate-cli-skeleton output 2>&1); then
		echo "it is accepted now: aws $*"
		exit 1
	fi
	case $said in
	*"$words"*) echo "refused as before: aws $1 $2" ;;
	*) echo "refused for another reason: $said"; exit 1 ;;
	esac
}

"$folder/venv/bin/aws" dynamodb list-tables --generate-cli-skeleton output | grep -q TableNames
refused "Invalid type for parameter Item.KeyName.B, value: None" dynamodb get-item --table-name t --key '{"id": {"S": "1"}}'
refused "FlexibleTimeWindow.MaximumWindowInMinutes, value: 0, valid min value: 1" scheduler get-schedule --name n
