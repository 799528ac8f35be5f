/// A list whose items are to be handed out one by one, by the names of the list and of its items.
///
/// The API writes one list in several ways; all of them give the same records. For list `L`, directly
/// under the root, and items `I`:
///
/// | Document | Records |
/// |---|---|
/// | `<L><I>…</I><I>…</I></L>`, `"L": {"I": [{…}, {…}]}` | each `I` |
/// | `<L>fields</L>`, `"L": {fields}` | `L` itself |
/// | `<L>fields</L><L>fields</L>`, `"L": [{…}, {…}]` | each `L`, each element |
/// | `"L": {"I": {…}}` | the one `I` |
/// | `<L/>`, `"L": []`, `"L": {"I": []}`, `"L": null` | none |
public struct RecordShape: Sendable, Hashable {
    /// Name of the list, such as `VpnConnections`.
    public var list: String
    /// Name of an item, such as `VpnConnection`.
    public var item: String

    /// Names a list and its items.
    public init(list: String, item: String) {
        self.list = list
        self.item = item
    }
}

/// One record of a document, as handed out while reading goes on.
public struct Record: Sendable {
    /// Which of the ``RecordShape``s it belongs to: an index into those given to the reader.
    public let shape: Int
    /// The record; its root is the item.
    public let tree: FieldTree
}

/// Whether reading goes on after a record.
public enum ReadControl: Sendable {
    /// Reads on.
    case proceed
    /// Stops: nothing more of the document is of use.
    case stop
}
