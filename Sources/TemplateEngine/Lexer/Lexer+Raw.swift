/// `{% raw %}`: text in which no tag counts but its own end.
extension Lexer {
    /// The offset behind `raw %}` if that is what stands here.
    func rawContents(after offset: Int) -> (start: Int, sign: UInt8)? {
        var index = bytes.startSkippingSpace(offset)
        guard has("raw", at: index) else { return nil }
        index = bytes.startSkippingSpace(index + 3)
        if has("%}", at: index) { return (index + 2, 0) }
        if has("-%}", at: index) { return (index + 3, UInt8(ascii: "-")) }
        return nil
    }

    mutating func lexRaw(
        from tag: Int, contents: (start: Int, sign: UInt8)
    ) throws(SourceFault) {
        position = contents.start
        // The opening tag keeps its line break: Jinja2's trim_blocks does not look at it.
        skipAfterTag(sign: contents.sign, trimsLineBreak: false)
        let start = position
        var index = start
        while index < bytes.count {
            guard has("{%", at: index) else {
                index += 1
                continue
            }
            let sign = byte(index + 2)
            let hasSign = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
            var after = bytes.startSkippingSpace(index + (hasSign ? 3 : 2))
            guard has("endraw", at: after) else {
                index += 1
                continue
            }
            after = bytes.startSkippingSpace(after + 6)
            let endSign = byte(after)
            let hasEndSign = endSign == UInt8(ascii: "-") || endSign == UInt8(ascii: "+")
            if hasEndSign { after += 1 }
            guard has("%}", at: after) else {
                index += 1
                continue
            }
            appendData(start, index, sign: sign, isVariable: false)
            position = after + 2
            skipAfterTag(sign: hasEndSign ? endSign : 0, trimsLineBreak: true)
            return
        }
        throw SourceFault(.unclosed("`{% raw %}`"), Span(tag, contents.start))
    }
}
