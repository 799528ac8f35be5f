"""Cuts the command trees of VyOS' releases to what a VPN router needs, and writes them as vyos-RELEASE.json.

    python3 cut_trees.py FOLDER        (with vyos-schema-equuleus.json, -sagitta.json and -circinus.json)

The whole trees are one object each, read from VyOS' interface definitions (vyos-1x) and, for 1.3, from the node
templates of vyatta-cfg, vyatta-cfg-vpn and vyatta-cfg-quagga, at the commit that each file names:

    root    number of the topmost node
    nodes   t  n: node, t: tag node, l: leaf       c  children by name       v  takes no value
            m  several values      x  constraints, one must hold             y  checks of 1.3's templates, all must hold
            kl words that the completion knows     kp paths of names that it knows

A path stays if it is below a line of KEPT and below none of DROPPED. Nothing else is changed; equal nodes are one.
"""

import json
import sys
from pathlib import Path

RELEASES = {"1.3": "equuleus", "1.4": "sagitta", "1.5": "circinus"}
KEYS = ["t", "c", "v", "m", "x", "y", "kl", "kp"]

KEPT = """
firewall name
firewall options
firewall ipv4 forward
firewall ipv4 input
interfaces vti
nat source
policy prefix-list
policy route-map
protocols bgp
protocols static
vpn ipsec
vrf name
"""

# IPv6, other kinds of VPN, and switches of BGP that no tunnel of ours touches.
DROPPED = """
firewall ipv4 forward filter default-action
firewall ipv4 forward filter default-log
firewall ipv4 forward filter description
firewall ipv4 input filter default-action
firewall ipv4 input filter default-log
firewall ipv4 input filter description
interfaces vti ipv6
policy route-map rule match ipv6
policy route-map rule set ipv6-next-hop
policy route-map rule set evpn gateway ipv6
protocols static arp
protocols static interface-route6
protocols static multicast
protocols static neighbor-proxy
protocols static route-map
protocols static route6
protocols static table
vpn ipsec auto-update
vpn ipsec disable-uniqreqids
vpn ipsec include-ipsec-conf
vpn ipsec include-ipsec-secrets
vpn ipsec log
vpn ipsec logging
vpn ipsec nat-networks
vpn ipsec nat-traversal
vpn ipsec profile
vpn ipsec remote-access
vrf name description
vrf name disable
vrf name ip
vrf name ipv6
vrf name table
vrf name vni
vrf name protocols eigrp
vrf name protocols isis
vrf name protocols ospf
vrf name protocols ospfv3
vrf name protocols static route6
"""


def lines(text):
    return [tuple(line.split()) for line in text.split("\n") if line]


def is_kept(path, kept, dropped):
    if any(path[: len(rule)] == rule for rule in dropped):
        return False
    return any(path[: len(rule)] == rule or rule[: len(path)] == path for rule in kept)


def bgp_dropped(nodes, root):
    """Below BGP only IPv4 unicast stays, and what a neighbor has of its own."""
    kept = {"address-family", "neighbor", "system-as", "parameters"}
    result = []
    for base in [("protocols", "bgp"), ("vrf", "name", "protocols", "bgp")]:
        node = find(nodes, root, base)
        for name in (node or {}).get("c", {}):
            if name not in kept:
                result.append(base + (name,))
        for below in [("address-family",), ("neighbor", "address-family")]:
            for name in (find(nodes, root, base + below) or {}).get("c", {}):
                if name != "ipv4-unicast":
                    result.append(base + below + (name,))
        for name in (find(nodes, root, base + ("parameters",)) or {}).get("c", {}):
            if name != "router-id":
                result.append(base + ("parameters", name))
    return result


def find(nodes, number, path):
    for word in path:
        number = nodes[number].get("c", {}).get(word)
        if number is None:
            return None
    return nodes[number]


def cut(tree):
    nodes = tree["nodes"]
    kept = lines(KEPT)
    dropped = lines(DROPPED) + bgp_dropped(nodes, tree["root"])
    result, numbers = [], {}

    def copy(number, path):
        node = {key: value for key, value in nodes[number].items() if key in KEYS}
        if "c" in node:
            below = {word: path + (word,) for word in sorted(node["c"])}
            node["c"] = {w: copy(nodes[number]["c"][w], p) for w, p in below.items() if is_kept(p, kept, dropped)}
        text = json.dumps(node, sort_keys=True, separators=(",", ":"))
        if text not in numbers:
            numbers[text] = len(result)
            result.append(text)
        return numbers[text]

    return copy(tree["root"], ()), result


def main(folder):
    for release, name in RELEASES.items():
        tree = json.loads(Path(folder, f"vyos-schema-{name}.json").read_text())
        root, nodes = cut(tree)
        head = f'{{"release":"{name}","commit":"{tree["commit"]}","root":{root},"nodes":[\n'
        target = Path(__file__).with_name(f"vyos-{release}.json")
        target.write_text(head + ",\n".join(nodes) + "\n]}\n")


main(sys.argv[1])
