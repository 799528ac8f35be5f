public import Findings

/// What an earlier run told, so that only what is new is shown.
public struct Baseline: Sendable {
    private var fingerprints: Set<String> = []

    /// Nothing is known.
    public init() {}

    /// Reads a report that was written with `--format json`.
    ///
    /// - Throws: a `Finding` when it is none.
    public init(json: [UInt8], file: String) throws(Finding) {
        var strings = JSONStrings(json)
        var isReport = false
        var isVersion = false
        while let (key, value) = strings.next() {
            switch (key, value) {
            case ("format", "peerconf-report"): isReport = true
            case ("version", "1"): isVersion = true
            case ("fingerprint", let text): fingerprints.insert(text)
            default: break
            }
        }
        guard isReport, isVersion, strings.isWhole else {
            throw Finding(
                "PC197", .error, "the baseline is no report of peerconf in JSON, version 1",
                at: Place(location: SourceLocation(file: file, line: 1)),
                remedy: "make it with peerconf lint … --format json")
        }
    }

    /// Whether an earlier run told a finding.
    public func knows(_ fingerprint: String) -> Bool { fingerprints.contains(fingerprint) }
}

/// The members of a JSON text whose values are texts or numbers, wherever they stand.
///
/// A report is written by this program: no more than its strings has to be told apart, whatever program may have
/// indented it anew.
private struct JSONStrings {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    /// Whether every bracket that was opened is closed.
    var isWhole: Bool { depth == 0 && position >= bytes.count && !bytes.isEmpty }

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next name with its text or number.
    mutating func next() -> (key: String, value: String)? {
        var last: String?
        var isValue = false
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                let text = string()
                if isValue, let key = last { return (key, text) }
                last = text
                continue
            case UInt8(ascii: ":"): isValue = last != nil
            case UInt8(ascii: "0")...UInt8(ascii: "9") where isValue:
                let start = position
                while position < bytes.count, (48...57).contains(bytes[position]) { position += 1 }
                return (last ?? "", String(decoding: bytes[start..<position], as: UTF8.self))
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                (last, isValue) = (nil, false)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                (last, isValue) = (nil, false)
            case UInt8(ascii: ","): (last, isValue) = (nil, false)
            default: break
            }
            position += 1
        }
        return nil
    }

    /// A string, from its opening quote to behind its closing one.
    private mutating func string() -> String {
        position += 1
        var content: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count {
                position += 1
                appendEscape(to: &content)
            } else {
                content.append(bytes[position])
            }
            position += 1
        }
        position += 1
        return String(decoding: content, as: UTF8.self)
    }

    private mutating func appendEscape(to content: inout [UInt8]) {
        switch bytes[position] {
        case UInt8(ascii: "n"): content.append(10)
        case UInt8(ascii: "r"): content.append(13)
        case UInt8(ascii: "t"): content.append(9)
        case UInt8(ascii: "u"):
            let digits = String(decoding: bytes[position...].dropFirst().prefix(4), as: UTF8.self)
            position += min(4, bytes.count - 1 - position)
            if let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) {
                content += Array(String(scalar).utf8)
            }
        default: content.append(bytes[position])
        }
    }
}
