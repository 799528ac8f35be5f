public import Findings
import PeerModel

/// The site file's schema as JSON Schema (2020-12), for editors.
public enum SiteSchema {
    /// The document.
    public static var json: JSON {
        let routerMembers = SiteFile.routerKeys.map(member)
        let tunnels = JSON.object([
            "type": .string("object"),
            "description": .string("Settings of single tunnels, by TunnelId, or VpnConnectionId for single tunnels."),
            "additionalProperties": object(SiteFile.tunnelKeys.map(member)),
        ])
        let connections = JSON.object([
            "type": .string("object"),
            "description": .string("Settings of single connections, by VpnConnectionId, in the place of the router's."),
            "additionalProperties": object(SiteFile.connectionKeys.map(member)),
        ])
        let single: [JSON.Member] = [
            .init(name: "tunnels", value: tunnels), .init(name: "connections", value: connections),
        ]
        return .object([
            "$schema": .string("https://json-schema.org/draft/2020-12/schema"),
            "title": .string("peerconf.toml"),
            "description": .string("What the API can't know about the on-premises routers."),
            "type": .string("object"),
            "additionalProperties": .bool(false),
            "properties": .object(
                SiteFile.topKeys.map(member) + [
                    .init(name: "defaults", value: object(routerMembers)),
                    .init(
                        name: "routers",
                        value: .object([
                            "type": .string("object"),
                            "description": .string("Routers by name, which is the name of their folder."),
                            "additionalProperties": object(routerMembers + single),
                        ])),
                ]),
        ])
    }

    private static func object(_ members: [JSON.Member]) -> JSON {
        .object([
            "type": .string("object"), "additionalProperties": .bool(false), "properties": .object(members),
        ])
    }

    private static func member(_ key: SiteFile.Key) -> JSON.Member {
        var members: [JSON.Member] = [.init(name: "description", value: .string(key.documentation))]
        members += shape(key.kind)
        return .init(name: key.name, value: .object(members))
    }

    private static func shape(_ kind: SiteFile.Key.Kind) -> [JSON.Member] {
        func type(_ name: String, _ rest: JSON.Member...) -> [JSON.Member] {
            [.init(name: "type", value: .string(name))] + rest
        }
        func list(_ element: JSON) -> [JSON.Member] { type("array", .init(name: "items", value: element)) }
        let network = #"^[0-9]{1,3}(\.[0-9]{1,3}){3}/[0-9]{1,2}$"#
        switch kind {
        case .text: return type("string", .init(name: "minLength", value: .int(1)))
        case .flag: return type("boolean")
        case .address: return type("string", .init(name: "format", value: .string("ipv4")))
        case .interfaceName:
            return type("string", .init(name: "pattern", value: .string("^[A-Za-z0-9._/:@-]{1,64}$")))
        case .networks: return list(.object(["type": .string("string"), "pattern": .string(network)]))
        case .identifiers: return list(.object(["type": .string("string")]))
        case .number(let range):
            return type(
                "integer", .init(name: "minimum", value: .int(range.lowerBound)),
                .init(name: "maximum", value: .int(range.upperBound)))
        case .numberRange:
            return list(.object(["type": .string("integer"), "minimum": .int(1)])) + [
                .init(name: "minItems", value: .int(2)), .init(name: "maxItems", value: .int(2)),
            ]
        case .secretSource:
            return type(
                "object", .init(name: "additionalProperties", value: .bool(false)),
                .init(name: "minProperties", value: .int(1)), .init(name: "maxProperties", value: .int(1)),
                .init(
                    name: "properties",
                    value: .object([
                        "file": .object(["type": .string("string")]),
                        "environment": .object(["type": .string("string")]),
                    ])))
        }
    }
}
