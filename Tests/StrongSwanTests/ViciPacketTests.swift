import TestSupport
import Testing

@Suite("vici messages")
struct ViciPacketTests {
    /// `load-shared` with a key that is not text, written out by hand.
    private let request: [UInt8] =
        [0, 11] + Array("load-shared".utf8)
        + [3, 2] + Array("id".utf8) + [0, 4] + Array("ike1".utf8)
        + [3, 4] + Array("data".utf8) + [0, 3, 0x00, 0xFF, 0x22]
        + [4, 6] + Array("owners".utf8) + [5, 0, 1, 0x61, 5, 0, 0, 6]

    @Test("A request: name, values as bytes, lists")
    func readsRequest() throws {
        let packet = try ViciPacket(request)
        guard case .request(let command, let tree) = packet else {
            Issue.record("\(packet)")
            return
        }
        #expect(command == "load-shared")
        #expect(tree.text("id") == "ike1")
        #expect(tree.bytes("data") == [0x00, 0xFF, 0x22])
        #expect(tree.list("owners") == ["a", ""])
        #expect(tree.names == ["id", "data", "owners"])
    }

    @Test("Sections nest and keep their order")
    func readsSections() throws {
        let bytes: [UInt8] = [
            1,  // a response: b { a { k = v } } c {}
            1, 1, 0x62, 1, 1, 0x61, 3, 1, 0x6B, 0, 1, 0x76, 2, 2, 1, 1, 0x63, 2,
        ]
        let inner = ViciTree(entries: [.init(name: "k", value: .bytes([0x76]))])
        let outer = ViciTree(entries: [.init(name: "a", value: .section(inner))])
        #expect(
            try ViciPacket(bytes)
                == .response(
                    ViciTree(entries: [
                        .init(name: "b", value: .section(outer)),
                        .init(name: "c", value: .section(ViciTree())),
                    ])))
        #expect(outer.text("a", "k") == "v")
        #expect(outer.text("a", "x") == nil)
        #expect("\(outer)" == "{a {k=v}}")
    }

    @Test("Packets without a message")
    func readsBarePackets() throws {
        #expect(try ViciPacket([2]) == .commandUnknown)
        #expect(try ViciPacket([3, 3] + Array("log".utf8)) == .register("log"))
        #expect(try ViciPacket([4, 3] + Array("log".utf8)) == .unregister("log"))
        #expect(try ViciPacket([5]) == .eventConfirmed)
        #expect(try ViciPacket([6]) == .eventUnknown)
        #expect(try ViciPacket([7, 3] + Array("log".utf8)) == .event("log", ViciTree()))
    }

    @Test("A message cut off anywhere is an error or a shorter message, never a crash")
    func survivesCuts() {
        for count in 0..<request.count {
            _ = try? ViciPacket(Array(request.prefix(count)))
        }
    }

    @Test(
        "Broken messages are errors",
        arguments: [
            [], [9], [1, 2], [1, 9], [1, 1, 1, 0x61], [1, 4, 1, 0x61, 3], [1, 5, 0, 0],
            [1, 3, 1, 0x61, 0, 2, 0x62],
        ] as [[UInt8]])
    func refuses(bytes: [UInt8]) {
        #expect(throws: HarnessError.self) { try ViciPacket(bytes) }
    }
}
