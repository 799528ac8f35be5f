/// What untrusted text may look like where a template prints it: the host's device syntax.
public struct OutputRules: Sendable {
    /// Makes a device's quoted literal or comment text of a string, or says why that is impossible.
    public typealias Quoting = @Sendable (String) throws(FilterFailure) -> String

    /// The bare-word rule's name in messages, such as `swanctl.conf bare word`.
    public let name: String
    /// Which characters may stand bare.
    public let bareWord: BareWord
    let quoted: Quoting?
    let remark: Quoting?

    /// Creates rules.
    ///
    /// - Parameters:
    ///   - name: the bare-word rule's name in messages.
    ///   - bareWord: which characters may stand bare.
    ///   - quoted: makes the filter `quoted`, if given.
    ///   - remark: makes the filter `remark`, if given.
    public init(name: String, bareWord: BareWord, quoted: Quoting? = nil, remark: Quoting? = nil) {
        self.name = name
        self.bareWord = bareWord
        self.quoted = quoted
        self.remark = remark
    }
}

/// The characters that may be printed without quotes.
public struct BareWord: Sendable, Hashable {
    private let low: UInt64
    private let high: UInt64

    /// The letters and digits of ASCII.
    public static let lettersAndDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

    /// Creates a class of the ASCII characters given; control characters among them are ignored.
    public init(characters: String) {
        var low: UInt64 = 0
        var high: UInt64 = 0
        for byte in characters.utf8 where byte >= 0x20 && byte < 0x7F {
            if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
        }
        self.low = low
        self.high = high
    }

    /// Whether an ASCII byte may stand bare.
    @inline(__always)
    private func contains(_ byte: UInt8) -> Bool {
        (byte < 64 ? low >> UInt64(byte) : high >> UInt64(byte & 63)) & 1 != 0
    }

    /// Whether all bytes from an offset on are ASCII that may stand bare.
    ///
    /// If not, a closer look decides.
    @inline(__always)
    func covers(_ bytes: [UInt8], from start: Int) -> Bool {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            guard byte < 0x80, contains(byte) else { return false }
            index += 1
        }
        return true
    }

    /// The first character that may not stand bare.
    func firstOffence(in string: String) -> Unicode.Scalar? {
        string.unicodeScalars.first { scalar in
            scalar.isControl || !scalar.isASCII || !contains(UInt8(scalar.value))
        }
    }
}

extension Unicode.Scalar {
    /// Characters that no value may carry into a configuration: line breaks of any kind, other controls, and
    /// those that turn the direction of text, which make a line look other than it is.
    var isControl: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// Characters at which some reader of the output may begin a new line.
    var isLineBreak: Bool {
        switch value {
        case 0, 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}
