import CloudAPI
import Findings
import PeerModel

/// Two contents of one field, as they may be shown: never a key, nor a part of one.
struct ShownValue {
    let old: String?
    let new: String?
    /// How the message ends, where it is not "old → new".
    let outcome: String?
    let risks: [Risk]
    let remarks: [String]

    /// Compares two contents; `nil` where they are the same, or neither can be seen.
    init?(_ old: RawField.Content?, _ new: RawField.Content?, path: String) {
        guard old != new else { return nil }
        if let isKey = Self.isKey(old, new) {
            if isKey, old.map(Self.isMasked) ?? false, new.map(Self.isMasked) ?? false { return nil }
            self.old = old == nil ? nil : Self.hidden
            self.new = new == nil ? nil : Self.hidden
            outcome = Self.outcome(old, new, isKey: isKey)
            risks = isKey && old != nil && new.map { !Self.isMasked($0) } ?? false ? [.keyChanged] : []
            remarks = isKey ? [] : ["its value is not shown: it could be a key"]
            return
        }
        let (before, after) = (Self.text(old, path), Self.text(new, path))
        self.old = before
        self.new = after
        outcome = nil
        risks = []
        let isNotation = before != nil && before?.lowercased() == after?.lowercased()
        remarks = isNotation ? ["only the notation is another one"] : []
    }

    /// What stands for a value that is not shown.
    static let hidden = "(not shown)"

    /// Whether the contents are keys; `nil` when they can be shown.
    private static func isKey(_ old: RawField.Content?, _ new: RawField.Content?) -> Bool? {
        switch (old, new) {
        case (.key, _), (_, .key): true
        case (.unknown, _), (_, .unknown): false
        default: nil
        }
    }

    static func isMasked(_ content: RawField.Content) -> Bool {
        if case .key(let secret) = content { return Masking.isMasked(secret) }
        return false
    }

    private static func outcome(_ old: RawField.Content?, _ new: RawField.Content?, isKey: Bool) -> String {
        guard let old else { return isKey && new.map(isMasked) ?? false ? "set, masked in NEW" : "set" }
        guard let new else { return "removed" }
        if isKey, isMasked(new) { return "masked in NEW: whether it changed can't be seen" }
        if isKey, isMasked(old) { return "masked in OLD: whether it changed can't be seen" }
        return "changed"
    }

    /// A value in words: what needs quotes gets them, what would fill the screen is cut.
    private static func text(_ content: RawField.Content?, _ path: String) -> String? {
        guard case .text(let text) = content else { return nil }
        if path.hasSuffix("RemoteCaCertificate") { return "(a certificate of \(text.utf8.count) bytes)" }
        if path.hasSuffix("IpsecEncAlg") || path.hasSuffix("IkeEncAlg") {
            return Encryption(apiText: text)?.name ?? quoted(text)
        }
        let isPlain = text.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) || "._-:/,@".contains($0)
        }
        return isPlain && text.count <= 120 ? text : quoted(text)
    }
}

extension String {
    fileprivate func contains(_ scalar: Unicode.Scalar) -> Bool { unicodeScalars.contains(scalar) }
}
