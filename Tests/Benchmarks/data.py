"""Answers of the API with any number of connections, the same in every run.

Of four connections one is single-tunnel between networks (every other one IKEv1), one has two tunnels and static
routes, one has one tunnel and BGP, one two tunnels and BGP. The four end on one customer gateway; each has a VPN
gateway of its own. All of it is sound: what a benchmark measures is the work, not the wording of findings.
"""

import json
import pathlib

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"


def token(kind, number, length):
    """Letters and digits that look like the cloud's ids: a linear congruential step a character."""
    state = (number * 2654435761 + len(kind) * 40503 + sum(map(ord, kind))) & 0xFFFFFFFFFFFF
    letters = []
    for _ in range(length):
        state = (state * 25214903917 + 11) & 0xFFFFFFFFFFFF
        letters.append(ALPHABET[(state >> 20) % 36])
    return "".join(letters)


def identifier(kind, number):
    return f"{kind}-bp1{token(kind, number, 18)}"


def address(base, number):
    value = base + number
    return ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))


def cloud_address(number):
    return address(0x08800000, number)


def device_address(number):
    return address(0x2F000001, number)


def tunnel_parts(number, index, lifetime):
    """Phases 1 and 2 of a tunnel, and its BGP session."""
    unique = number * 2 + index
    ike = [
        ("IkeVersion", "ikev1" if number % 8 == 0 else "ikev2"),
        ("IkeMode", "main"),
        ("IkeEncAlg", "aes256"),
        ("IkeAuthAlg", "sha256"),
        ("IkePfs", "group14"),
        ("IkeLifetime", lifetime),
        ("LocalId", cloud_address(unique)),
        ("RemoteId", device_address(number // 4)),
        ("Psk", token("psk", unique, 24)),
    ]
    ipsec = [
        ("IpsecEncAlg", "aes256"),
        ("IpsecAuthAlg", "sha256"),
        ("IpsecPfs", "group14"),
        ("IpsecLifetime", 28800),
    ]
    # From 169.254.1.0 on; further up are networks that the cloud uses itself.
    first = unique % 10000 * 4 + 0xA9FE0100
    bgp = [
        ("TunnelCidr", address(first, 0) + "/30"),
        ("LocalBgpIp", address(first, 1)),
        ("PeerBgpIp", address(first, 2)),
        ("LocalAsn", 64900),
        ("PeerAsn", 65000 + number // 4 % 500),
    ]
    return ike, ipsec, bgp


def connection(number, changed=False):
    """One connection as a list of fields; a field's value is a text, a list of fields or a list of items."""
    dual, uses_bgp = number % 2 == 1, number % 4 >= 2
    lifetime = 43200 if changed else 86400
    own = number * 256 % 0x1000000
    networks = "0.0.0.0/0" if uses_bgp else f"{address(0x0A000000 + own, 0)}/24"
    behind = "0.0.0.0/0" if uses_bgp else f"{address(0xAC100000 + number // 4 * 16 % 0x100000, 0)}/28"
    if number % 8 == 4:
        networks = f"{address(0x0A000000 + own, 0)}/25,{address(0x0A000000 + own, 128)}/25"
    fields = [
        ("VpnConnectionId", identifier("vco", number)),
        ("Name", f"branch-{number // 4:05d}-{'abcd'[number % 4]}"),
        ("AttachType", "VPNGW"),
        ("VpnGatewayId", identifier("vpn", number)),
        ("CustomerGatewayId", "" if dual else identifier("cgw", number // 4)),
        ("NetworkType", "public"),
        ("State", "active"),
        ("Status", "" if dual else "ipsec_sa_established"),
        ("CreateTime", 1718005472000 + number * 1000),
        ("EffectImmediately", "true"),
        ("EnableDpd", "false" if dual else "true"),
        ("EnableNatTraversal", "false" if dual else "true"),
        ("EnableTunnelsBgp", "true" if dual and uses_bgp else "false"),
        ("LocalSubnet", networks),
        ("RemoteSubnet", behind),
    ]
    if dual:
        fields.append(("TunnelOptionsSpecification", [("TunnelOptions", tunnel(number, i, lifetime, uses_bgp)) for i in (0, 1)]))
    else:
        ike, ipsec, bgp = tunnel_parts(number, 0, lifetime)
        fields += [("InternetIp", cloud_address(number * 2)), ("IkeConfig", ike), ("IpsecConfig", ipsec)]
        if uses_bgp:
            fields.append(("VpnBgpConfig", [("EnableBgp", "true"), ("Status", "success"), *bgp]))
        fields.append(
            (
                "VcoHealthCheck",
                [("Enable", "false"), ("Sip", ""), ("Dip", ""), ("Interval", 3), ("Retry", 3), ("Status", "success")],
            )
        )
    tags = [("Tag", [("Key", "env"), ("Value", "prod")]), ("Tag", [("Key", "site"), ("Value", f"{number // 4}")])]
    return [*fields, ("CrossAccountAuthorized", "false"), ("ResourceGroupId", "rg-acfmsz6u7trtmwe"), ("Tag", tags)]


def tunnel(number, index, lifetime, uses_bgp):
    ike, ipsec, bgp = tunnel_parts(number, index, lifetime)
    fields = [
        ("TunnelId", f"tun-{token('tun', number * 2 + index, 18)}"),
        ("Role", ("master", "slave")[index]),
        ("ZoneNo", f"cn-hangzhou-{'jk'[index]}"),
        ("CustomerGatewayId", identifier("cgw", number // 4)),
        ("InternetIp", cloud_address(number * 2 + index)),
        ("State", "active"),
        ("Status", "ipsec_sa_established"),
        ("EnableDpd", "true"),
        ("EnableNatTraversal", "true"),
        ("TunnelIkeConfig", ike),
        ("TunnelIpsecConfig", ipsec),
    ]
    return [*fields, ("TunnelBgpConfig", [("BgpStatus", "success"), *bgp])] if uses_bgp else fields


def customer_gateway(number):
    return [
        ("CustomerGatewayId", identifier("cgw", number)),
        ("Name", f"branch-{number:05d}"),
        ("Description", ""),
        ("IpAddress", device_address(number)),
        ("AuthKey", token("bgp", number, 16)),
        ("CreateTime", 1718005000000 + number * 1000),
        ("ResourceGroupId", "rg-acfmsz6u7trtmwe"),
    ]


def write_xml(file, fields, depth):
    blank = "    " * depth
    for name, value in fields:
        if isinstance(value, list):
            file.write(f"{blank}<{name}>\n")
            write_xml(file, value, depth + 1)
            file.write(f"{blank}</{name}>\n")
        else:
            file.write(f"{blank}<{name}>{value}</{name}>\n")


def to_json(fields):
    """Items of one name are a list under it; numbers and truth values are bare."""
    if len(fields) > 0 and fields[0][0] in ("TunnelOptions", "Tag"):
        return {fields[0][0]: [to_json(value) for _, value in fields]}
    words = {"true": True, "false": False}
    return {
        name: to_json(value) if isinstance(value, list) else words.get(value, value) if isinstance(value, str) else value
        for name, value in fields
    }


def page(path, operation, records, number, size, total):
    """Writes one answer, record by record."""
    container, item = operation, operation[:-1]
    head = [("PageNumber", number), ("PageSize", size), ("TotalCount", total)]
    request = "3E94450F-33F0-43AA-AB78-4CBE73AD7634"
    with path.open("w") as file:
        if path.suffix == ".json":
            start = json.dumps({**dict(head), "RequestId": request})[:-1]
            file.write(f'{start}, "{container}": {{"{item}": [')
            for index, record in enumerate(records):
                file.write((",\n" if index else "\n") + json.dumps(to_json(record)))
            file.write("\n]}}\n")
            return
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<Describe{operation}Response>\n')
        write_xml(file, [*head, ("RequestId", request)], 1)
        file.write(f"    <{container}>\n")
        for record in records:
            write_xml(file, [(item, record)], 2)
        file.write(f"    </{container}>\n</Describe{operation}Response>\n")


SITE = """[defaults]
advertise = ["172.16.0.0/12"]
routes = ["10.0.0.0/8"]
"""


def make(folder, count, kind="xml", pages=1, changed=0):
    """Answers about `count` connections in a folder: connections, customer gateways, and the site file.

    Of every hundred connections, `changed` have another lifetime.
    """
    folder = pathlib.Path(folder)
    if not (folder / "site.toml").exists():
        folder.mkdir(parents=True, exist_ok=True)
        size = -(-count // pages)
        for number in range(pages):
            part = range(number * size, min(count, (number + 1) * size))
            records = (connection(i, changed=i % 100 < changed) for i in part)
            name = f"connections.{kind}" if pages == 1 else f"connections-{number + 1:04d}.{kind}"
            page(folder / name, "VpnConnections", records, number + 1, size, count)
        devices = -(-count // 4)
        gateways = map(customer_gateway, range(devices))
        page(folder / f"gateways.{kind}", "CustomerGateways", gateways, 1, devices, devices)
        (folder / "site.toml").write_text(SITE)
    return folder
