internal import CLibXML2

extension XMLState {
    /// Opens the field of an element whose start tag has just been read.
    ///
    /// - Parameter name: the local name, from the parser's dictionary.
    mutating func open(_ name: UnsafePointer<UInt8>) {
        guard problem == nil, isTagWhole else { return }
        let (number, length) = unsafe nameCache.look(up: name, among: collector.names)
        let place = placeOfTag(nameLength: length)
        let head = FieldHead(name: number, kind: .text, line: place.line, column: place.column)
        do throws(ReadProblem.Kind) {
            try collector.open(head, unknownName: unsafe Span(_unsafeStart: name, count: length))
        } catch {
            fail(error)
        }
    }

    /// Whether the start tag ends as it must.
    ///
    /// libxml2 tells of a tag first and looks then; one that is cut off may have half a name, and the
    /// error that follows says what is really wrong.
    private var isTagWhole: Bool {
        guard let current = unsafe parser?.pointee.input?.pointee.cur else { return false }
        return unsafe current.pointee == UInt8(ascii: ">") || current.pointee == UInt8(ascii: "/")
    }

    /// Where the `<` of the start tag stands before whose `>` or `/>` the parser stands now.
    ///
    /// libxml2 counts lines and characters; only the way back from here is left to be measured.
    func placeOfTag(nameLength: Int) -> (line: UInt32, column: UInt32) {
        guard let input = unsafe parser?.pointee.input, let current = unsafe input.pointee.cur,
            let base = unsafe input.pointee.base
        else { return (1, 0) }
        let line = unsafe UInt32(clamping: input.pointee.line)
        let column = unsafe Int(input.pointee.col)
        // Nearly always the tag is `<Name>`, its name ASCII.
        let before = nameLength + 1
        if unsafe current - base >= before, unsafe current[-before] == UInt8(ascii: "<") {
            return (line, UInt32(clamping: column - before))
        }
        // Otherwise go back to the `<`; attribute values cannot hold one.
        var back = 0
        var characters = 0
        var lines: UInt32 = 0
        while unsafe current - base > back {
            back += 1
            let byte = unsafe current[-back]
            if byte & 0xC0 != 0x80 { characters += 1 }
            if byte == 0x0A { lines += 1 }
            if byte == UInt8(ascii: "<") { break }
        }
        // In a tag of several lines the column of its beginning is not known.
        return lines > 0 ? (line - min(line - 1, lines), 0) : (line, UInt32(clamping: column - characters))
    }
}

/// Remembers which of the known names stands behind a pointer into the parser's dictionary, in which
/// equal names have equal pointers: so a name's characters are looked at once per document.
@safe
struct NameCache {
    private struct Entry {
        var pointer: UInt = 0
        var number: UInt16 = 0
        var length: UInt16 = 0
    }

    private static let size = 512
    private var entries = [Entry](repeating: Entry(), count: Self.size)
    private var count = 0

    /// The number of a name, or `FieldNames.unknown`, and its length in bytes.
    mutating func look(
        up name: UnsafePointer<UInt8>, among names: FieldNames
    ) -> (number: UInt16, length: Int) {
        let pointer = UInt(bitPattern: name)
        var slot = Int(truncatingIfNeeded: (UInt64(pointer) &* 0x9E37_79B9_7F4A_7C15) >> 55)
        while entries[slot].pointer != 0 {
            if entries[slot].pointer == pointer { return (entries[slot].number, Int(entries[slot].length)) }
            slot = (slot + 1) % Self.size
        }
        let length = unsafe Int(xmlStrlen(name))
        let number = unsafe names.number(of: Span(_unsafeStart: name, count: length))
        // Half full is enough: a document with so many different names is none of ours.
        if count < Self.size / 2, length <= Int(UInt16.max) {
            entries[slot] = Entry(pointer: pointer, number: number, length: UInt16(length))
            count += 1
        }
        return (number, length)
    }
}
