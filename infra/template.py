"""template.yaml, with CloudFormation's functions (!Ref, !Sub, …) as {"!Ref": …}, for the checks before a deployment."""
import functools

import yaml

from places import INFRA

FILE = INFRA / "template.yaml"


class _Loader(yaml.SafeLoader):
    def function(self, suffix: str, node: yaml.Node) -> dict:
        match node:
            case yaml.ScalarNode():
                value = self.construct_scalar(node)
            case yaml.SequenceNode():
                value = self.construct_sequence(node, deep=True)
            case _:
                value = self.construct_mapping(node, deep=True)
        return {f"!{suffix}": value}


_Loader.add_multi_constructor("!", _Loader.function)


@functools.cache
def read() -> dict:
    return yaml.load(FILE.read_text(), _Loader)


def tables() -> dict[str, dict]:
    """The properties of each, by its logical id."""
    return {key: it["Properties"] for key, it in read()["Resources"].items() if it["Type"] == "AWS::DynamoDB::Table"}
