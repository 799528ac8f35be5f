"""What a good engineer writes instead of peerconf: lxml or json, the context by hand, the same templates.

    script.py jinja2|minijinja FOLDER-OF-ANSWERS FOLDER-OF-TEMPLATES [FOLDER-OF-OUTPUT]

It knows what the answers of `data.py` have, takes them to be right, and looks for nothing wrong in them. It prints what
peerconf prints, byte for byte. Connections go as they come; what is kept are the contexts of whole devices.
"""

import ipaddress
import json
import os
import sys
import unicodedata

ENGINE, ANSWERS, TEMPLATES = sys.argv[1:4]
OUTPUT = sys.argv[4] if len(sys.argv) > 4 else None
ADVERTISE, ROUTES = ["172.16.0.0/12"], ["10.0.0.0/8"]
PACK = {"name": os.path.basename(TEMPLATES), "title": "strongSwan (swanctl)", "version": "5.9"}
GROUPS = {"group1": "modp768", "group2": "modp1024", "group5": "modp1536", "group14": "modp2048"}
ANY = ["0.0.0.0/0"]


def quoted(text):
    return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def remark(text):
    text = str(text)
    if text.isascii() and text.isprintable():
        return text
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs") else c for c in text)


def renderer():
    options = {"trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}
    filters = {"quoted": quoted, "remark": remark}
    if ENGINE == "jinja2":
        import jinja2

        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined, **options
        )
        environment.filters.update(filters)
        return lambda name, context: environment.get_template(name).render(context)
    import minijinja

    def load(name):
        with open(os.path.join(TEMPLATES, name)) as file:
            return file.read()

    filters["format"] = lambda pattern, *values: pattern % values
    environment = minijinja.Environment(loader=load, filters=filters, undefined_behavior="strict", **options)
    return lambda name, context: environment.render_template(name, **context)


def to_object(element):
    """An element as JSON would have it; what repeats is a list."""
    fields = {}
    for child in element:
        value = to_object(child) if len(child) else child.text or ""
        if child.tag in ("TunnelOptions", "VpnConnection", "CustomerGateway") or child.tag == element.tag == "Tag":
            fields.setdefault(child.tag, []).append(value)
        else:
            fields[child.tag] = value
    return fields


def records(name):
    paths = sorted(os.path.join(ANSWERS, file) for file in os.listdir(ANSWERS))
    container, item = name + "s", name
    for path in paths:
        if path.endswith(".json"):
            with open(path) as file:
                yield from json.load(file).get(container, {}).get(item, [])
        elif path.endswith(".xml"):
            from lxml import etree

            for _, element in etree.iterparse(path, tag=item):
                if element.getparent().tag == container:
                    yield to_object(element)
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]


def number(identifier):
    """FNV-1a, as peerconf numbers tunnels that no lock file knows."""
    value = 0xCBF29CE484222325
    for byte in identifier.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return 1_000_000 + value % 9_000_000


def networks(texts):
    return [{"cidr": text} for text in texts]


def identity(text):
    return {"text": text, "kind": "address", "prefix": ""}


def key(name, identifier):
    return {"text": f"<<{name} {identifier}>>", "is_hex": False}


def flag(value):
    return value is True or value == "true"


def tunnel_context(source, identifier, position, role, gateways, cloud, own, bgp, dual):
    prefix = "Tunnel" if dual else ""
    ike, ipsec = source[prefix + "IkeConfig"], source[prefix + "IpsecConfig"]
    version = 1 if ike["IkeVersion"] == "ikev1" else 2
    gateway = gateways[source["CustomerGatewayId"]]
    pairs = [(cloud, own)]
    if version == 1:
        pairs = [([there], [here]) for here in own for there in cloud]
    group = ipsec["IpsecPfs"]
    return {
        "id": identifier,
        "position": position,
        "role": role,
        "number": number(identifier),
        "routing": "interface" if dual or bgp or ANY in (cloud, own) else "policy",
        "cloud": {
            "address": source["InternetIp"],
            "address_is_assumed": False,
            "address_is_behind_tunnel": any(
                ipaddress.ip_address(source["InternetIp"]) in ipaddress.ip_network(text)
                for text in [*cloud, *ROUTES]
                if text != ANY[0]
            ),
            "address_may_be_learned": bool(bgp) and ipaddress.ip_address(source["InternetIp"]).is_private,
            "identity": identity(ike["LocalId"]),
        },
        "device": {
            "address": gateway["IpAddress"],
            "address_is_assumed": False,
            "interface_address": gateway["IpAddress"],
            "behind_nat": False,
            "customer_gateway": gateway["CustomerGatewayId"],
            "identity": identity(ike["RemoteId"]),
        },
        "ike": {
            "version": version,
            "mode": ike["IkeMode"] if version == 1 else "main",
            "encryption": ike["IkeEncAlg"],
            "integrity": ike["IkeAuthAlg"],
            "group": GROUPS[ike["IkePfs"]],
            "lifetime": int(ike["IkeLifetime"]),
        },
        "ipsec": {
            "encryption": ipsec["IpsecEncAlg"],
            "integrity": ipsec["IpsecAuthAlg"],
            "pfs": None if group == "disabled" else GROUPS[group],
            "lifetime": int(ipsec["IpsecLifetime"]),
        },
        "psk": key("PSK", identifier),
        "dpd": {"delay": 10, "timeout": 30} if flag(source["EnableDpd"]) else None,
        "nat_traversal": flag(source["EnableNatTraversal"]),
        "children": [
            {"position": index, "cloud": networks(there), "device": networks(here)}
            for index, (there, here) in enumerate(pairs, 1)
        ],
        "bgp": {
            "network": {"cidr": bgp["TunnelCidr"], "length": int(bgp["TunnelCidr"].split("/")[1])},
            "cloud_address": bgp["LocalBgpIp"],
            "device_address": bgp["PeerBgpIp"],
            "cloud_asn": str(bgp["LocalAsn"]),
            "device_asn": str(bgp["PeerAsn"]),
            "is_internal": str(bgp["LocalAsn"]) == str(bgp["PeerAsn"]),
            "key": key("BGP-KEY", identifier) if gateway.get("AuthKey") else None,
            "keepalive": 10,
            "hold": 30,
        }
        if bgp
        else None,
    }


def connection_context(source, gateways):
    cloud = [text.strip() for text in source["LocalSubnet"].split(",")]
    own = [text.strip() for text in source["RemoteSubnet"].split(",")]
    options = source.get("TunnelOptionsSpecification", {}).get("TunnelOptions", [])
    identifier = source["VpnConnectionId"]
    if options:
        wanted = flag(source["EnableTunnelsBgp"])
        tunnels = [
            tunnel_context(
                option, option["TunnelId"], position, option["Role"], gateways, cloud, own,
                option["TunnelBgpConfig"] if wanted else None, True,
            )
            for position, option in enumerate(sorted(options, key=lambda option: option["Role"]), 1)
        ]  # fmt: skip
    else:
        bgp = source.get("VpnBgpConfig")
        tunnels = [tunnel_context(source, identifier, 1, "only", gateways, cloud, own, bgp, False)]
    uses_bgp = any(tunnel["bgp"] for tunnel in tunnels)
    parsed = [ipaddress.ip_network(text) for text in cloud], [ipaddress.ip_network(text) for text in own]
    return {
        "connection": {
            "id": identifier,
            "name": source["Name"],
            "mode": "dual" if options else "single",
            "cloud_networks": networks(cloud),
            "device_networks": networks(own),
            "uses_bgp": uses_bgp,
            "health_check": None,
            "advertise": networks(ADVERTISE),
            "not_advertised": [],
            "networks_overlap": any(a.overlaps(b) for a in parsed[0] for b in parsed[1]),
            "routes": networks([text for text in cloud if text != ANY[0]] or ROUTES),
        },
        "tunnels": tunnels,
    }


def main():
    render = renderer()
    gateways = {gateway["CustomerGatewayId"]: gateway for gateway in records("CustomerGateway")}
    devices = {}
    for source in records("VpnConnection"):
        entry = connection_context(source, gateways)
        devices.setdefault(entry["tunnels"][0]["device"]["customer_gateway"], []).append(entry)
    is_first = True
    known = os.listdir(TEMPLATES)
    for name in sorted(devices):
        entries = sorted(devices[name], key=lambda entry: entry["connection"]["id"])
        device = {
            "name": name,
            "wan_interface": "<<WAN-INTERFACE>>",
            "vrf": None,
            "router_id": entries[0]["tunnels"][0]["device"]["address"],
            "as_number": None,
            "mtu": 1400,
            "mss": 1360,
            "initiates": True,
        }
        shared = {"device": device, "pack": PACK, "secrets": "placeholder"}
        documents = []
        for entry in entries:
            path = f"swanctl/{entry['connection']['id']}"
            documents.append((f"{path}.conf", "strongswan_swanctl.j2", entry))
            documents.append((f"{path}.secrets.conf.example", "strongswan_secrets.j2", entry))
        whole = {"connections": entries}
        documents.append(("frr.conf", "strongswan_frr.j2", whole))
        documents.append(("frr.secrets.conf.example", "strongswan_frr_secrets.j2", whole))
        documents.append(("interfaces.sh", "strongswan_interfaces.j2", whole))
        documents = [entry for entry in documents if entry[1] in known]
        for path, template, context in documents:
            text = render(template, {**context, **shared})
            if not text.strip():
                continue
            if OUTPUT:
                target = os.path.join(OUTPUT, name, path)
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with open(target, "w") as file:
                    file.write(text)
            else:
                sys.stdout.write(f"{'' if is_first else chr(10)}# ==> {name}/{path} <==\n{text}")
                is_first = False


main()
