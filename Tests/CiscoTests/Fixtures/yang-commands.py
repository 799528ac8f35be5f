"""Writes yang-commands.tsv: the commands of the Cisco pack as Cisco's own YANG models of IOS XE have them.

    python3 yang-commands.py CHECKOUT/vendor/cisco/xe > yang-commands.tsv

CHECKOUT is github.com/YangModels/yang at 6795d9c6; pyang (PyPI) reads the models. Each form of command that the packs
may write stands below, with where the models may have it; a release that has it nowhere is told on standard error.
"""

import os
import sys

from pyang import context, repository

RELEASES = ["16.8.1", "16.12.1", "17.11.1", "17.15.1", "17.18.1"]
MODULES = ["native", "crypto", "tunnel", "bgp", "sla", "track", "acl", "route-map", "interfaces", "ip"]

# What is kept of the top: whole containers, or only some of what they hold.
KEPT = {
    "crypto": None, "route-map": None, "track": None, "interface": ["Tunnel", "GigabitEthernet"],
    "ip": ["route", "prefix-list", "prefix-lists", "access-list", "sla"], "router": ["bgp"],
}


# --- the models as trees of {n: name, k: keyword, c: children} with the bounds of leaves


def bounds(type_):
    spec = getattr(type_, "i_type_spec", None)
    match type(spec).__name__:
        case "EnumTypeSpec" | "EnumerationTypeSpec":
            return {"enum": [entry[0] for entry in spec.enums]}
        case "RangeTypeSpec":
            return {"range": [[str(a), str(a if b is None else b)] for a, b in spec.ranges]}
        case "LengthTypeSpec":
            return {"length": [[str(a), str(a if b is None else b)] for a, b in spec.lengths]}
        case "UnionTypeSpec":
            return {"union": [bounds(member) for member in spec.types]}
        case "EmptyTypeSpec":
            return {"empty": True}
        case "IntTypeSpec":
            return {"range": [[str(spec.min), str(spec.max)]]}
        case "BooleanTypeSpec":
            return {"boolean": True}
        case "PathTypeSpec":
            return {"ref": True}
    return {"t": type_.arg}


def nodes(statement, depth=0):
    if statement.keyword in ("choice", "case"):
        return [node for child in statement.i_children for node in nodes(child, depth)]
    if statement.keyword not in ("container", "list", "leaf", "leaf-list"):
        return []
    node = {"n": statement.arg, "k": statement.keyword}
    if statement.keyword in ("leaf", "leaf-list"):
        node.update(bounds(statement.search_one("type")))
    elif depth < 40:
        node["c"] = [inner for child in statement.i_children for inner in nodes(child, depth + 1)]
    return [node]


def tree(folder):
    ctx = context.Context(repository.FileRepository(folder, use_env=False, no_path_recurse=True))
    for name in MODULES:
        path = f"{folder}/Cisco-IOS-XE-{name}.yang"
        if os.path.exists(path):
            with open(path) as file:
                ctx.add_module(path, file.read())
    ctx.validate()
    native = next(module for (name, _), module in ctx.modules.items() if name == "Cisco-IOS-XE-native")
    top = []
    for child in next(c for c in native.i_children if c.arg == "native").i_children:
        if child.arg not in KEPT:
            continue
        kept = KEPT[child.arg]
        if kept is None:
            top += nodes(child)[:1]
        else:
            inner = [node for c in child.i_children if c.arg in kept for node in nodes(c)]
            top.append({"n": child.arg, "k": "container", "c": inner})
    return {"n": "", "k": "container", "c": top}


# --- a form of command against a tree


class Missing(Exception):
    pass


def child(node, name):
    for inner in node.get("c", []):
        if inner["n"] == name:
            return inner
    raise Missing(f"no {name} in {node['n']}")


def kind(type_):
    if "enum" in type_:
        return "one:" + "|".join(type_["enum"])
    if "union" in type_:
        return "/".join(dict.fromkeys(kind(member) for member in type_["union"]))
    if "range" in type_:
        return "n:" + ",".join(f"{a}-{b}" for a, b in type_["range"])
    if "length" in type_:
        return "len:" + ",".join(f"{a}-{b}" for a, b in type_["length"])
    name = type_.get("t", "")
    for part, word in [("ipv4-prefix", "prefix"), ("ipv4-address", "ip"), ("ipv6", "ip6")]:
        if part in name:
            return word
    if type_.get("empty"):
        raise Missing("an empty leaf has no value")
    return "word"


def fits(kind_, word):
    if kind_.startswith("one:"):
        return word in kind_[4:].split("|")
    if kind_.startswith("n:"):
        ranges = [bound.split("-") for bound in kind_[2:].split(",")]
        return word.isdigit() and any(int(low) <= int(word) <= int(high) for low, high in ranges)
    return kind_ == "word" or kind_.startswith("len")


def value(node, word):
    if word in ("<if>", "<line>"):
        return word
    if word == "<>":
        return "<" + kind(node) + ">"
    if not any(fits(one, word) for one in kind(node).split("/")):
        raise Missing(f"{word} is no value of {node['n']}: {kind(node)}")
    return word


def resolve(start, command, place):
    """The command with the model's bounds, the path of what it sets, and the node that it opens.

    Steps of a place: `name` is a node whose name is the next word, `name=word` one that the command line calls
    otherwise, `(name)` one without a word, `*name` a leaf whose value is the next word, `=` the last node's value.
    """
    words, index, current, last, out, path = command.split(), 0, start, None, [], []
    for step in place.split():
        if step.startswith("("):
            current = last = child(current, step[1:-1])
            path.append(last["n"])
            continue
        word, index = words[index], index + 1
        if step == "=":
            out.append(value(last, word))
        elif step.startswith("*"):
            last = child(current, step[1:])
            path.append(last["n"])
            out.append(value(last, word))
        else:
            name, _, said = step.partition("=")
            if word != (said or name):
                raise SystemExit(f"{command} / {place}: {word} is not {step}")
            last = child(current, name)
            out.append(word)
            path.append(last["n"])
            if last["k"] in ("container", "list"):
                current = last
    if index != len(words):
        raise SystemExit(f"{command}: {words[index:]} are left")
    return " ".join(out), "/".join(path), current


# --- the forms: mode, command, places in the models, mode that it opens

FORMS = []


def f(mode, command, *places, opens=""):
    FORMS.append((mode, command, places, opens))


# --- keyrings, profiles, proposals
f('','crypto isakmp policy <>','crypto isakmp policy *number',opens='isakmp policy')
for c,r in [('aes','encryption aes'),('des','encryption des'),('3des','encryption a3des=3des')]:
    f('isakmp policy','encryption '+c,r,r.replace('a3des=3des','en-3des=3des'))
f('isakmp policy','encryption aes 192','encryption aes *key','encryption aes (key) *key-type')
f('isakmp policy','encryption aes 256','encryption aes *key')
f('isakmp policy','hash <>','hash =')
f('isakmp policy','group <>','group =')
f('isakmp policy','authentication pre-share','authentication =')
f('isakmp policy','lifetime <>','lifetime =')
f('','crypto keyring <>','crypto keyring *name',opens='keyring')
f('keyring','local-address <>','local-address (bind-ip-address) *ip-address','local-address =')
f('keyring','local-address <if>','local-address *GigabitEthernet')
f('keyring','pre-shared-key address <> key 0 <>','pre-shared-key address (ipv4) *ipv4-addr key *encryption *unencryt-key')
f('','crypto isakmp profile <>','crypto isakmp profile *name',opens='isakmp profile')
f('isakmp profile','vrf <>','vrf =')
f('isakmp profile','keyring <>','keyring *name')
f('isakmp profile','self-identity address','self-identity address')
f('isakmp profile','self-identity fqdn <>','self-identity fqdn *id')
f('isakmp profile','self-identity user-fqdn <>','self-identity user-fqdn =')
f('isakmp profile','match identity address <> <>','match identity address *ip *mask','match identity ipv4-address=address *address *mask')
f('isakmp profile','match identity host <>','match identity host (domain-name) *name','match identity host (domain-name-1) *name')
f('isakmp profile','match identity user <>','match identity user-fqdn=user (domain-name) *name')
f('isakmp profile','keepalive <> retry <>','keepalive *number retry =')
f('isakmp profile','initiate mode aggressive','initiate mode aggressive')
f('isakmp profile','local-address <>','local-address (bind-ip-address) *ip-address','local-address =')
f('isakmp profile','local-address <if>','local-address *GigabitEthernet')
f('','crypto ikev2 proposal <>','crypto ikev2 proposal *name',opens='ikev2 proposal')
for w,n in [('aes-cbc-128',)*2,('aes-cbc-192',)*2,('aes-cbc-256',)*2,('des',)*2,('3des','en-3des=3des')]:
    f('ikev2 proposal','encryption '+w,'encryption '+n)
for w in 'md5 sha1 sha256 sha384 sha512'.split(): f('ikev2 proposal','integrity '+w,'integrity '+w)
for w,n in [('1','one'),('2','two'),('5','five'),('14','fourteen')]: f('ikev2 proposal','group '+w,f'group {n}={w}')
f('','crypto ikev2 policy <>','crypto ikev2 policy *name',opens='ikev2 policy')
f('ikev2 policy','match address local <>','match address local =','match address *local-ip')
f('ikev2 policy','proposal <>','proposal *proposals','proposal =')
f('','crypto ikev2 keyring <>','crypto ikev2 keyring *name',opens='ikev2 keyring')
f('ikev2 keyring','peer <>','peer *name',opens='ikev2 peer')
f('ikev2 peer','address <>','address (ipv4) *ipv4-address')
f('ikev2 peer','identity address <>','identity address =')
f('ikev2 peer','identity fqdn <>','identity fqdn *name')
f('ikev2 peer','identity email <>','identity email *name')
f('ikev2 peer','pre-shared-key 0 <>','pre-shared-key *encryption *key')
f('ikev2 peer','pre-shared-key hex <>','pre-shared-key hex =')
f('','crypto ikev2 profile <>','crypto ikev2 profile *name',opens='ikev2 profile')
f('ikev2 profile','ivrf <>','ivrf =')
f('ikev2 profile','match address local <>','match address local *ip')
f('ikev2 profile','match address local interface <>','match address local interface =')
f('ikev2 profile','match identity remote address <> <>','match identity remote address (ipv4) *ipv4-address *ipv4-mask')
f('ikev2 profile','match identity remote fqdn <>','match identity remote fqdn *fqdn-name','match identity remote fqdn *name')
f('ikev2 profile','match identity remote email <>','match identity remote email *names','match identity remote email *name')
for w in ('address','fqdn','email'): f('ikev2 profile',f'identity local {w} <>',f'identity local {w} =')
f('ikev2 profile','authentication remote pre-share','authentication remote pre-share')
f('ikev2 profile','authentication local pre-share','authentication local pre-share')
f('ikev2 profile','keyring local <>','keyring local *name','keyring local =')
f('ikev2 profile','lifetime <>','lifetime *seconds','lifetime =')
f('ikev2 profile','dpd <> <> periodic','dpd *interval *retry *query')
# --- phase 2
for w in ('esp-des','esp-3des','esp-aes'): f('','crypto ipsec transform-set <> '+w+' <>','crypto ipsec transform-set *tag *esp *esp-hmac',opens='transform-set')
for w in ('192','256'): f('',f'crypto ipsec transform-set <> esp-aes {w} <>','crypto ipsec transform-set *tag *esp *key-bit *esp-hmac',opens='transform-set')
f('transform-set','mode tunnel','mode tunnel')
f('','crypto ipsec profile <>','crypto ipsec profile *name',opens='ipsec profile')
f('','crypto map <> <> ipsec-isakmp','crypto crypto-map=map (map) *name *sequence-number *keying','crypto map (map-seq) (map) *name *seq ipsec-isakmp',opens='crypto map')
for m in ('ipsec profile','crypto map'):
    f(m,'set security-association lifetime kilobytes disable','set security-association lifetime kilobytes =')
    f(m,'set security-association lifetime seconds <>','set security-association lifetime seconds =')
    f(m,'set transform-set <>','set transform-set =')
    f(m,'set pfs <>','set pfs *group')
    f(m,'set ikev2-profile <>','set ikev2-profile =')
    f(m,'set isakmp-profile <>','set isakmp-profile =','set isakmp-profile (isakmp-profile-name) *name')
f('ipsec profile','set security-association replay window-size <>','set security-association replay window-size =')
f('ipsec profile','responder-only','responder-only')
f('crypto map','description <line>','description =')
f('crypto map','set peer <>','set peer *address')
f('crypto map','match address <>','match address =')
f('','ip access-list extended <>','ip access-list extended *name',opens='access-list')
f('access-list','permit ip <> <> <> <>','(access-list-seq-rule) (ace-rule) *action *protocol *ipv4-address *mask *dest-ipv4-address *dest-mask')
# --- interfaces
f('','interface Tunnel<>','',opens='tunnel')
f('','interface <>','',opens='interface')
f('tunnel','description <line>','description =')
f('tunnel','vrf forwarding <>','vrf forwarding =')
f('tunnel','ip address <> <>','ip address (primary) *address *mask')
f('tunnel','ip unnumbered <>','ip unnumbered =')
f('tunnel','ip mtu <>','ip mtu =')
f('tunnel','ip tcp adjust-mss <>','ip tcp adjust-mss =')
f('tunnel','tunnel source <>','tunnel source =')
f('tunnel','tunnel mode ipsec ipv4','tunnel mode ipsec ipv4')
f('tunnel','tunnel destination <>','tunnel destination *ipaddress-or-host','tunnel destination =')
f('tunnel','tunnel protection ipsec policy ipv4 <>','tunnel protection ipsec policy ipv4 =')
f('tunnel','tunnel protection ipsec profile <>','tunnel protection ipsec profile =','tunnel protection ipsec profile *name')
f('interface','crypto map <>','crypto map *tag')
# --- routing
f('','ip route <> <> <>','ip route (ip-route-interface-forwarding-list) *prefix *mask (fwd-list) *fwd')
f('','ip route <> <> <> <>','ip route (ip-route-interface-forwarding-list) *prefix *mask (fwd-list) *fwd *metric')
f('','ip route <> <> <> track <>','ip route (ip-route-interface-forwarding-list) *prefix *mask (fwd-list) *fwd track =','ip route (ip-route-interface-forwarding-list) *prefix *mask (fwd-list-with-track) *fwd (track-id-name)=track *id')
f('','ip route vrf <> <> <> <>','ip route vrf *name (ip-route-interface-forwarding-list) *prefix *mask (fwd-list) *fwd')
f('','ip route vrf <> <> <> <> <>','ip route vrf *name (ip-route-interface-forwarding-list) *prefix *mask (fwd-list) *fwd *metric')
f('','ip route vrf <> <> <> <> track <>','ip route vrf *name (ip-route-interface-forwarding-list) *prefix *mask (fwd-list) *fwd track =')
for w in ('permit','deny'):
    f('',f'ip prefix-list <> seq <> {w} <>','ip prefix-list (prefixes) *name seq *no *action *ip',f'ip prefix-list (prefixes) *name seq *no {w} *ip')
    f('',f'ip prefix-list <> seq <> {w} <> le <>','ip prefix-list (prefixes) *name seq *no *action *ip le =',f'ip prefix-list (prefixes) *name seq *no {w} *ip le =')
f('','route-map <> permit <>','route-map *name (route-map-without-order-seq) *operation *seq_no','route-map *name (route-map-seq) *operation *ordering-seq','route-map *name *operation *sequence-number',opens='route-map')
f('route-map','match ip address prefix-list <>','match ip address prefix-list =')
f('route-map','set local-preference <>','set local-preference =')
f('route-map','set as-path prepend <line>','set as-path prepend (as-container) *as-number')
f('','router bgp <>','router bgp *id',opens='bgp')
f('bgp','bgp router-id <>','bgp router-id (interface) *ip-id','bgp router-id *ip-id','bgp router-id =')
f('bgp','address-family ipv4','address-family (no-vrf) ipv4 (ipv4-unicast)','address-family (no-vrf) ipv4',opens='family')
f('bgp','address-family ipv4 vrf <>','address-family (with-vrf) ipv4 vrf *name (ipv4-unicast)','address-family (with-vrf) ipv4 vrf *name',opens='vrf family')
for m in ('bgp','vrf family'):
    f(m,'neighbor <> remote-as <>','neighbor *id remote-as =')
    f(m,'neighbor <> description <line>','neighbor *id description =')
    f(m,'neighbor <> password 0 <>','neighbor *id password *enctype *text')
    f(m,'neighbor <> timers <> <>','neighbor *id timers *keepalive-interval *holdtime')
    f(m,'neighbor <> local-as <> no-prepend replace-as','neighbor *id local-as *as-no no-prepend replace-as')

for m in ('family','vrf family'):
    f(m,'network <> mask <>','network (with-mask) *number mask =','network *number mask =')
    f(m,'neighbor <> activate','neighbor *id activate')
    f(m,'neighbor <> route-map <> <>','neighbor *id route-map *route-map-name *inout')
    f(m,'maximum-paths <>','maximum-paths *ebgp','maximum-paths (max-path) *max')
    f(m,'maximum-paths ibgp <>','maximum-paths ibgp *max','maximum-paths ibgp-leaf=ibgp =','maximum-paths ibgp =','maximum-paths ibgp *paths')
# --- probes
f('','ip sla <>','ip sla (entry) *number',opens='sla')
f('sla','icmp-echo <> source-ip <>','icmp-echo *destination source-ip =',opens='echo')
f('echo','frequency <>','frequency =')
f('echo','vrf <>','vrf =')
f('echo','timeout <>','timeout =')
f('','ip sla schedule <> life forever start-time now','ip sla schedule *entry-number life = start-time now','ip sla schedule *entry-number life = start-time now-config=now')
f('','track <> ip sla <> reachability','track (tracked-object-v2) *object-number ip sla *number reachability','track (tracked-object) *object-number ip sla *number reachability-sla=reachability','track (tracked-object) *object-number ip sla *number reachability',opens='track')
# --- what refusals of a network and routes of a neighbor need
f('access-list','deny ip <> <> <> <>','(access-list-seq-rule) (ace-rule) *action *protocol *ipv4-address *mask *dest-ipv4-address *dest-mask')
for m in ('family','vrf family'): f(m,'neighbor <> next-hop-self','neighbor *id next-hop-self')

# --- the table


def rows(root, release):
    modes = {"": root, "tunnel": child(child(root, "interface"), "Tunnel")}
    modes["interface"] = child(child(root, "interface"), "GigabitEthernet")
    for mode, command, places, opens in FORMS:
        if command.startswith("interface "):
            if "Tunnel" in command:
                yield "", f"interface Tunnel<{kind(child(modes['tunnel'], 'name'))}>", "interface/Tunnel", opens
            else:
                yield "", "interface <word>", "interface", opens
            continue
        for place in places if mode in modes else []:
            try:
                pattern, path, node = resolve(modes[mode], command, place)
            except (Missing, IndexError):
                continue
            if opens:
                modes.setdefault(opens, node)
            yield mode, pattern, path, opens
            break
        else:
            print(f"{release} has no {mode}: {command}", file=sys.stderr)


def main():
    table = {}
    for release in RELEASES:
        for row in rows(tree(f"{sys.argv[1]}/{release.replace('.', '')}"), release):
            table.setdefault(row, []).append(release)
    print("# Commands of the packs as Cisco's YANG models of IOS XE have them (github.com/YangModels/yang, vendor/cisco/xe/1681,")
    print("# 16121, 17111, 17151, 17181 at commit 6795d9c6; modules native, interfaces, crypto, tunnel, bgp, route-map, acl, sla, track).")
    print("# Values stand in angle brackets with the bounds of the model. Columns: releases, mode, command, mode opened, path.")
    # Any interface stands last: a tunnel is one too.
    for mode, pattern, path, opens in sorted(table, key=lambda row: row[1] == "interface <word>"):
        print(",".join(table[mode, pattern, path, opens]), mode or "-", pattern, opens or "-", path, sep="\t")


main()
