import TemplateEngine

/// The data of `peer.json` as a host gives it: records of shared shapes, texts from outside.
enum PeerData {
    private static let root = Shape(["asn", "connections"])
    private static let connection = Shape([
        "name", "description", "bgp", "ike", "esp", "device_networks", "cloud_networks", "tunnels",
    ])
    private static let proposal = Shape(["version", "encryption", "integrity", "prf", "dh", "lifetime"])
    private static let tunnel = Shape(["enabled", "number", "initiate", "dpd", "cloud", "device"])
    private static let detection = Shape(["enabled", "delay"])
    private static let cloud = Shape(["address", "identity", "asn", "bgp_address"])
    private static let device = Shape(["address", "identity", "bgp_address", "prefixes"])

    private static func list(_ texts: [String]) -> Value { .list(texts.map { .string($0) }) }

    private static func makeTunnel(_ number: Int) -> Value {
        let identity = number % 2 == 0 ? "gw\(number).example.com" : ""
        return .record(
            Record(
                tunnel,
                [
                    true, .int(100 + number), .bool(number % 2 == 0), .record(Record(detection, [true, 10])),
                    .record(
                        Record(
                            cloud,
                            [
                                .string("203.0.113.\(number)"), .string("203.0.113.\(number)"), 45104,
                                .string("169.254.10.\(number * 4 + 1)"),
                            ])),
                    .record(
                        Record(
                            device,
                            [
                                .string("198.51.100.\(number)"), .string(identity),
                                .string("169.254.10.\(number * 4 + 2)"),
                                list(["192.168.20.0/24", "192.168.10.0/24"]),
                            ])),
                ]))
    }

    static let context = Record(
        root,
        [
            65001,
            .list([
                .record(
                    Record(
                        connection,
                        [
                            .string("Frankfurt_Office_0"), .string("Head office"), true,
                            .record(Record(proposal, [2, "aes256", "sha256", "sha256", 2048, 86400])),
                            .record(Record(proposal, [.none, "aes256", "sha256", "", 2048, 3600])),
                            list(["192.168.10.0/24", "192.168.20.0/24"]),
                            list(["10.0.0.0/8", "172.16.0.0/12"]),
                            .list([makeTunnel(1), makeTunnel(2)]),
                        ]))
            ]),
        ])
}
