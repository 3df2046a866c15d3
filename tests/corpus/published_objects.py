"""The objects of YAML texts, so that what went in can be compared with what came out."""
import yaml


def plain(value):
    """Without nulls, which say the same as leaving the key out."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value


def objects(text):
    """By identity, those of lists too. What only the cluster writes is no part of them."""
    found = {}
    for document in yaml.safe_load_all(text):
        if not isinstance(document, dict) or "kind" not in document:
            continue
        for one in document["items"] if document["kind"].endswith("List") and "items" in document else [document]:
            one = plain(one)
            one.pop("status", None)
            metadata = one.get("metadata", {})
            metadata.pop("creationTimestamp", None)
            found[one["apiVersion"], one["kind"], metadata.get("namespace", ""), metadata.get("name", "")] = one
    return found
