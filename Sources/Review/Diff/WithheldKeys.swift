import CloudAPI
import Findings
import PeerModel

/// The keys of all answers compared: whoever pastes one into a wrong field must not find it in a report.
struct WithheldKeys {
    private let keys: Set<Secret>

    init(of sides: [Snapshot]) {
        var keys: Set<Secret> = []
        for side in sides {
            for connection in side.connections { keys.formUnion(connection.keys) }
            keys.formUnion(side.customerGateways.compactMap { $0.authKey?.value })
        }
        self.keys = keys.filter { !$0.reveal().isEmpty && !Masking.isMasked($0) }
    }

    /// What a field holds, with a key among it as something that can't be shown.
    func content(_ field: RawField?) -> RawField.Content? {
        guard let content = field?.content, case .text(let text) = content else { return field?.content }
        // Networks stand in lists.
        let parts = text.split { $0 == "," || $0.isWhitespace }
        return holds(text) || parts.contains { holds(String($0)) } ? .unknown(Secret(text)) : content
    }

    /// What a field is called, without a key in the place of a name.
    func key(_ key: RawField.Key) -> RawField.Key {
        var key = key
        if let tag = key.tag, holds(tag) { key.tag = ShownValue.hidden }
        var steps = key.path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if let name = steps.last, holds(name) {
            steps[steps.count - 1] = ShownValue.hidden
            key.path = steps.joined(separator: ".")
        }
        return key
    }

    private func holds(_ text: String) -> Bool { keys.contains(Secret(text)) }
}
