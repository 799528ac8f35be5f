import Foundation
import TestSupport
import Testing

/// Input made to exhaust the machine, streamed through a pipe so that nothing of it stands on the disk.
///
/// Each program may use 600 MB of address space, of which the runtime alone maps a fifth, and a minute; it needs far
/// less of both.
@Suite("Hostile answers: one clear finding, bounded memory and time")
struct HostileInputTests {
    /// A document whose middle is repeated until it has so many bytes.
    struct Stream: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var head = ""
        var unit: String
        var bytes = 2 << 30
        var tail = ""
        var rule = "PC025"

        /// A shell command that writes it; it ends when nobody reads any more.
        var command: String {
            "{ printf %s '\(head)'; yes '\(unit)' | tr -d '\\n' | head -c \(bytes); printf %s '\(tail)'; } 2>/dev/null"
        }
    }

    private static let open = "<DescribeVpnConnectionsResponse><VpnConnections><VpnConnection>"
    private static let close = "</VpnConnection></VpnConnections></DescribeVpnConnectionsResponse>"
    private static let openJSON = #"{"VpnConnections":{"VpnConnection":["#
    private static let x = String(repeating: "x", count: 512)
    private static let blanks = String(repeating: " ", count: 512)

    static let streams = [
        Stream(testDescription: "text of 2 GB", head: open + "<Name>", unit: x, tail: "</Name>" + close),
        Stream(testDescription: "an attribute of 2 GB", head: open + "<Name a=\"", unit: x, tail: "\"/>" + close),
        Stream(testDescription: "a CDATA section of 2 GB", head: open + "<Name><![CDATA[", unit: x),
        Stream(testDescription: "an instruction of 2 GB", head: open + "<?x ", unit: x),
        Stream(testDescription: "a name of 2 GB", head: open + "<", unit: x),
        Stream(testDescription: "blanks between elements", head: open, unit: blanks),
        Stream(testDescription: "blanks in a tag", head: open + "<Name ", unit: blanks),
        Stream(testDescription: "blanks in an end tag", head: open + "<Name></Name", unit: blanks),
        Stream(testDescription: "blanks before the answer", unit: blanks, rule: "PC003"),
        Stream(testDescription: "blanks after the answer", head: "<DescribeVpnConnectionsResponse/>", unit: blanks),
        Stream(testDescription: "empty elements in a record", head: open, unit: "<a/>"),
        Stream(testDescription: "empty elements outside of records", head: "<L>", unit: "<a/>"),
        Stream(testDescription: "elements within elements", head: open, unit: "<a>", rule: "PC024"),
        Stream(testDescription: "a JSON string of 2 GB", head: openJSON + #"{"Name":""#, unit: x),
        Stream(testDescription: "escapes of 2 GB", head: openJSON + #"{"Name":""#, unit: #"\u0041"#),
        Stream(testDescription: "a JSON key of 2 GB", head: openJSON + #"{""#, unit: x),
        Stream(testDescription: "a number of 2 GB", head: openJSON + #"{"Name":"#, unit: "1234567890"),
        Stream(testDescription: "elements of an array", head: openJSON + "[", unit: "1,"),
        Stream(testDescription: "arrays within arrays", unit: "[", rule: "PC024"),
        Stream(testDescription: "objects within objects", unit: #"{"a":"#, rule: "PC024"),
        Stream(testDescription: "zero bytes", unit: "\u{1}", rule: "PC009"),
    ]

    @Test("Streams without end", arguments: streams)
    func stream(_ stream: Stream) async throws {
        let source = stream.rule == "PC009" ? "head -c 2147483648 /dev/zero 2>/dev/null" : stream.command
        let output = try await Self.render("-", from: source + " | ")
        #expect(output.status == 2)
        #expect(output.stderr.contains("[\(stream.rule)]"), "\(output.stderr.prefix(500))")
        let errors = output.stderr.split(separator: "\n").filter { $0.contains(": error: ") }
        #expect(errors.count == 1, "one clear finding")
        #expect(output.stderr.utf8.count < 500)
    }

    @Test("A million attributes take no time that grows with their square")
    func attributes() async throws {
        let names = "seq -f 'a%.0f=\"\"' 1 1000000 2>/dev/null | tr '\\n' ' '"
        for prefix in ["", "xmlns:"] {
            let source = "{ printf '%s<Name ' '\(Self.open)'; \(names) | sed 's/a/\(prefix)a/g'; } 2>/dev/null"
            let output = try await Self.render("-", from: source + " | ")
            #expect(output.status == 2)
            #expect(output.stderr.contains("[PC025]"))
        }
    }

    @Test("A few hundred attributes in each tag are refused at once")
    func attributesOfOneTag() async throws {
        let names = (0..<300).map { "a\($0)=\"\"" }.joined(separator: " ")
        let output = try await Self.render("-", from: "printf %s '\(Self.open)<Name \(names)/>\(Self.close)' | ")
        #expect(output.status == 2)
        #expect(output.stderr.contains("[PC025]"))
    }

    /// Renders an input that the shell makes, with little memory.
    static func render(_ input: String, _ options: String = "", from source: String = "") async throws -> CommandOutput
    {
        try await Command.run(
            "/bin/sh",
            [
                "-c",
                source + "(ulimit -v 600000; exec \"$0\" render \(input) --device strongswan \(options) >/dev/null)",
                Peerconf.path,
            ], folder: Repository.root.path)
    }
}
