internal import CLibXML2
internal import Findings

/// libxml2's report of an error: its number and our place, never its text, which quotes the document.
let noteError: xmlStructuredErrorFunc = { context, error in
    guard let error = unsafe error, unsafe error.pointee.level == XML_ERR_FATAL else { return }
    guard
        let state = unsafe context?.assumingMemoryBound(to: xmlParserCtxt.self).pointee._private?
            .assumingMemoryBound(to: XMLState.self)
    else { return }
    guard unsafe state.pointee.problem == nil, unsafe !state.pointee.collector.isStopped else { return }
    let code = unsafe xmlParserErrors(UInt32(bitPattern: error.pointee.code))
    unsafe state.pointee.fail(state.pointee.problemKind(of: code))
}

extension XMLState {
    /// What libxml2 means by one of its numbers, here and now.
    fileprivate func problemKind(of code: xmlParserErrors) -> ReadProblem.Kind {
        if hasConversionFailed { return .invalidEncoding }
        if isCutOff(code) { return .truncated }
        switch code {
        case XML_ERR_TAG_NAME_MISMATCH:
            return .malformedXML(.tagMismatch(expected: collector.innermostKnownName))
        case XML_ERR_DOCUMENT_END: return .trailingContent
        case XML_ERR_UNDECLARED_ENTITY, XML_ERR_ENTITY_LOOP, XML_ERR_PEREF_NO_NAME: return .entity
        case XML_ERR_NAME_REQUIRED where lastByte == UInt8(ascii: "&"): return .malformedXML(.bareAmpersand)
        case XML_ERR_ENTITYREF_SEMICOL_MISSING: return .malformedXML(.bareAmpersand)
        case XML_ERR_INVALID_CHARREF, XML_ERR_INVALID_DEC_CHARREF, XML_ERR_INVALID_HEX_CHARREF:
            return .malformedXML(.characterReference)
        case XML_ERR_INVALID_CHAR, XML_ERR_INTERNAL_ERROR:
            if nextByte.map({ $0 < 0x20 || $0 == 0x7F }) ?? true { return .forbiddenCharacter }
            return lastByte == UInt8(ascii: ";") ? .malformedXML(.characterReference) : .invalidEncoding
        case XML_ERR_INVALID_ENCODING, XML_I18N_CONV_FAILED: return .invalidEncoding
        case XML_ERR_UNSUPPORTED_ENCODING, XML_ERR_UNKNOWN_ENCODING, XML_ERR_ENCODING_NAME:
            return .unsupportedEncoding
        case XML_ERR_RESERVED_XML_NAME: return .malformedXML(.lateDeclaration)
        case XML_ERR_XMLDECL_NOT_STARTED, XML_ERR_XMLDECL_NOT_FINISHED, XML_ERR_VERSION_MISSING,
            XML_ERR_STANDALONE_VALUE, XML_ERR_UNKNOWN_VERSION, XML_ERR_MISSING_ENCODING:
            return .malformedXML(.declaration)
        case XML_ERR_ATTRIBUTE_NOT_STARTED, XML_ERR_ATTRIBUTE_NOT_FINISHED, XML_ERR_ATTRIBUTE_WITHOUT_VALUE,
            XML_ERR_ATTRIBUTE_REDEFINED, XML_ERR_LT_IN_ATTRIBUTE, XML_ERR_SPACE_REQUIRED:
            return .malformedXML(.attribute)
        case XML_ERR_CDATA_NOT_FINISHED where isTooLong, XML_ERR_PI_NOT_FINISHED where isTooLong: return .tooLarge
        case XML_ERR_COMMENT_NOT_FINISHED, XML_ERR_HYPHEN_IN_COMMENT, XML_ERR_CDATA_NOT_FINISHED,
            XML_ERR_MISPLACED_CDATA_END, XML_ERR_PI_NOT_STARTED, XML_ERR_PI_NOT_FINISHED:
            return .malformedXML(.section)
        case XML_ERR_LT_REQUIRED, XML_ERR_GT_REQUIRED, XML_ERR_LTSLASH_REQUIRED, XML_ERR_NAME_REQUIRED,
            XML_ERR_EQUAL_REQUIRED, XML_ERR_DOCUMENT_START, XML_ERR_DOCUMENT_EMPTY:
            return .malformedXML(.markup)
        case XML_ERR_NAME_TOO_LONG: return .malformedXML(.parserLimit)
        default: return .malformedXML(.other(code: Int(code.rawValue)))
        }
    }

    /// Whether the file ends here or soon, in the midst of markup: a document that is whole ends with `>`.
    private func isCutOff(_ code: xmlParserErrors) -> Bool {
        guard stream.isAtEnd, code != XML_ERR_DOCUMENT_END else { return false }
        return unsafe !rest.contains(UInt8(ascii: ">"))
    }

    /// Whether libxml2 gave up because of a length: then more follows, and nothing is wrong with it.
    private var isTooLong: Bool { !stream.isAtEnd && nextByte.map { $0 >= 0x20 } ?? false }

    /// Whether bytes could not be converted to UTF-8, after which libxml2 sees the end of the file.
    private var hasConversionFailed: Bool {
        guard let buffer = unsafe parser?.pointee.input?.pointee.buf else { return false }
        return unsafe buffer.pointee.error != 0
    }

    /// What the parser has at hand and not used up yet.
    private var rest: UnsafeBufferPointer<UInt8> {
        guard let input = unsafe parser?.pointee.input, let current = unsafe input.pointee.cur,
            let end = unsafe input.pointee.end, unsafe current < end
        else { return unsafe UnsafeBufferPointer(start: nil, count: 0) }
        return unsafe UnsafeBufferPointer(start: current, count: end - current)
    }

    /// The byte before which the parser stands.
    private var nextByte: UInt8? { unsafe rest.first }

    /// The byte after which the parser stands.
    private var lastByte: UInt8? {
        guard let input = unsafe parser?.pointee.input, unsafe input.pointee.cur > input.pointee.base else {
            return nil
        }
        return unsafe input.pointee.cur[-1]
    }
}
