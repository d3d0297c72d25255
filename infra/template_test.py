import unittest
from unittest.mock import patch

from . import commands, template
from .terminal import Failure

_DEPLOYED = {"Stage": "prod", "DomainPrefix": "rejoin-prod-123456789012", "SiteSecretParameter": "/rejoin/prod/site-secret",
             "Architecture": "arm64", "EmulatorHost": ""}
_ACM = "arn:aws:acm:{}:123456789012:certificate/12345678-1234"


class ParametersTest(unittest.TestCase):
    def test_valid_parameters_are_accepted(self):
        for more in ({}, {"TimeZone": "Asia/Seoul"}, {"Mfa": "ON"}, {"WarnAfter": "60", "IdleAfter": "61"}, {"KeepTexts": "0"},
                     {"AllowedOrigins": "https://www.shop.example,http://localhost:8080"}, {"PagesDomain": "chat.shop.example", "PagesCertificateArn": _ACM.format("us-east-1")},
                     {"WsDomain": "ws.shop.example", "WsCertificateArn": _ACM.format("eu-west-1")}, {"AlarmEmail": "ops+chat@shop.example"},
                     {"UserPoolId": "us-east-1_Abc123", "LoginDomain": "login.shop.example", "UserPoolClientId": "1abc"},
                     {"KeepRooms": "1", "LeftAfter": "86400", "KeepLeft": "0.5"}, {"KeepRooms": "14", "KeepTexts": "7"}, {"KeepLeft": "0.0003"}, {"UserPoolId": "eu-west-1_Abc123", "LoginDomain": "login.shop.example"}):
            with self.subTest(more):
                template.check_parameters(_DEPLOYED | more, "eu-west-1")

    def test_words_that_cognito_reserves_are_refused(self):
        for word in ("aws", "amazon", "cognito", "paws", "drawstring", "awsome", "myamazon1", "cognitox"):
            for given in ({"Stage": word}, {"Stage": word, "DomainPrefix": f"rejoin-{word}-123456789012"}, {"DomainPrefix": f"shop-{word}"}, {"DomainPrefix": word}):
                with self.subTest(given), self.assertRaisesRegex(Failure, "without the words aws, amazon and cognito, which Cognito reserves"):
                    template.check_parameters(_DEPLOYED | given, "eu-west-1")

    def test_a_refused_stage_name_is_called_stage(self):
        with self.assertRaisesRegex(Failure, "^STAGE=paws is refused"):
            template.check_parameters(_DEPLOYED | {"Stage": "paws", "DomainPrefix": "rejoin-paws-123456789012"}, "eu-west-1")

    def test_a_command_without_a_stage_says_so_before_aws_is_asked(self):
        for command in (commands.deploy, commands.destroy, commands.restore, commands.agent, commands.shop, commands.secret):
            with (self.subTest(command.__name__), patch.object(commands, "logged_in", side_effect=AssertionError("asked")),
                  self.assertRaisesRegex(Failure, "^Say which stage, ")):
                command()

    def test_a_time_zone_is_one_that_the_functions_know(self):
        for zone in ("localtime", "posixrules", "Local", "asia/seoul", "Asia", "KST-9", "+09:00"):  # some a machine may know
            with self.subTest(zone), self.assertRaisesRegex(Failure, "TimeZone=.* is refused"):
                template.check_parameters(_DEPLOYED | {"TimeZone": zone}, "eu-west-1")
        for zone in ("UTC", "Asia/Calcutta", "Etc/GMT-9", "America/Argentina/Buenos_Aires"):
            template.check_parameters(_DEPLOYED | {"TimeZone": zone}, "eu-west-1")

    def test_a_number_is_in_the_range_of_the_functions(self):
        """A hundred thousand days of nanoseconds have no room in Go's durations: texts kept "for ever" would be deleted soon."""
        for name, it in template.read()["Parameters"].items():
            if it["Type"] == "Number" and "AllowedValues" not in it:
                for value in (it["MinValue"] - 1, it["MaxValue"] + 1, 9999999999, "１２", "12 ", "1e3", ""):
                    with self.subTest(name, value=value), self.assertRaisesRegex(Failure, f"^{name}={value} is refused"):
                        template.check_parameters(_DEPLOYED | {name: str(value)}, "eu-west-1")

    def test_an_invalid_parameter_is_refused_with_a_reason(self):
        for given, words in (
            ({"Timezone": "UTC"}, "There is no parameter Timezone"),
            ({"TimeZone": "Seoul"}, "TimeZone=Seoul is refused: it has to be the IANA name of a zone"),
            ({"TimeZone": "Asia Seoul"}, "TimeZone=Asia Seoul is refused: it has to be "),
            ({"Architecture": "arm"}, "Architecture=arm is refused: it has to be one of arm64, x86_64"),
            ({"Mfa": "OFF"}, "Mfa=OFF is refused: it has to be one of OPTIONAL, ON"),
            ({"LogRetention": "31"}, "LogRetention=31 is refused: it has to be one of 1, 7, "),
            ({"KeepTexts": "-1"}, "KeepTexts=-1 is refused: it has to be a whole number from 0 to 36500"),
            ({"KeepTexts": "a year"}, "KeepTexts=a year is refused: it has to be a whole number from"),
            ({"AwayAfter": "1.5"}, "AwayAfter=1.5 is refused: it has to be a whole number from 1 to 31536000"),
            ({"AwayAfter": "0"}, "AwayAfter=0 is refused: it has to be a whole number from 1 to 31536000"),
            ({"WarnAfter": "900"}, "IdleAfter=900 is refused: it has to be more than WarnAfter, which is 900"),
            ({"AlarmEmail": "ops"}, "AlarmEmail=ops is refused: it has to be one e-mail address"),
            ({"AlarmEmail": "a@shop.example,b@shop.example"}, "is refused: it has to be one e-mail address"),
            ({"PagesDomain": "chat.shop.example", "PagesCertificateArn": _ACM.format("eu-west-1")}, "is refused: it has to be the ARN of a certificate in ACM of us-east-1"),
            ({"WsDomain": "ws.shop.example", "WsCertificateArn": _ACM.format("us-east-1")}, "is refused: it has to be a certificate in ACM of eu-west-1"),
            ({"UserPoolClientId": "1abc"}, "UserPoolClientId must be given together with its UserPoolId, or not at all"),
            ({"UserPoolId": "us-east-1_Abc123", "LoginDomain": "login.shop.example"}, "UserPoolClientId is missing: CloudFormation can make a client of us-east-1_Abc123"),
            ({"PagesDomain": "chat.shop.example"}, "PagesDomain and PagesCertificateArn must be given together, or not at all"),
            ({"WsCertificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/1"}, "WsDomain and WsCertificateArn must be given together"),
            ({"UserPoolId": "eu-west-1_Abc123"}, "UserPoolId and LoginDomain must be given together"),
            ({"KeepRooms": "1", "LeftAfter": "86401", "KeepLeft": "0.5"}, "KeepRooms=1 is refused: it has to be as long as a customer may be gone, which is 86401 seconds"),
            ({"KeepRooms": "13"}, "KeepRooms=13 is refused: it has to be as long as a customer may be gone, which is 1209600 seconds"),
            ({"KeepTexts": "6"}, "KeepTexts=6 is refused: it has to be as long as a question may wait for its answer, which is KeepLeft, 7 days"),
            ({"KeepLeft": "0"}, "KeepLeft=0 is refused: it has to be a number from 0.0001 to 365"),
            ({"IdleAfter": "600"}, "IdleAfter=600 is refused: it has to be more than WarnAfter, which is 600"),
            ({"AllowedOrigins": ",".join(["https://www.shop.example"] * 100)}, "is refused: it has to be 2048 characters at most"),
            ({"DomainPrefix": "x" * 64}, "is refused: it has to be 63 characters at most"),
            ({"DomainPrefix": "Shop"}, "DomainPrefix=Shop is refused: it has to be at most 63 characters of a-z"),
            ({"Stage": "seventeenletters1"}, "STAGE=seventeenletters1 is refused: it has to be 16 characters at most"),
        ):
            with self.subTest(given), self.assertRaisesRegex(Failure, words.replace(".", r"\.")):
                template.check_parameters(_DEPLOYED | given, "eu-west-1")
