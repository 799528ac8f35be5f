import Findings

extension Machine {
    var outputFault: Fault { Fault(.limit(.outputBytes(program.limits.outputBytes))) }

    /// Writes a value to the output, if it may stand there.
    @inline(__always)
    mutating func print(_ value: Value, _ pc: Int, _ unit: Unit, _ frame: borrowing Frame) throws(Fault) {
        switch value {
        case .text(let text):
            if text.isSecret { secretsPrinted += 1 }
            if isRecording { recorder?.value(pc, frame.unit, text.origin, text.isSecret, at: output.count) }
            let start = output.count
            output.append(contentsOf: text.string.utf8)
            // Bytes are checked where they are quickest to read: in the output, which a fault discards.
            if text.trust == .untrusted, let bareWord, !bareWord.covers(output, from: start) {
                try check(text, unit.source.words(of: unit.spans[pc]))
            }
        case .int(let number, let origin):
            if isRecording { recorder?.value(pc, frame.unit, origin, false, at: output.count) }
            appendDigits(number)
        case .undefined(let undefined):
            if undefined.reason != .noElse { throw Fault(undefined) }
        default: throw Fault(.notPrintable(value.typeName))
        }
        if output.count > outputLimit { throw outputFault }
    }

    /// Untrusted text must fit the bare-word rule.
    private func check(_ text: Text, _ words: @autoclosure () -> String) throws(Fault) {
        guard let rules = program.rules, let scalar = rules.bareWord.firstOffence(in: text.string) else {
            return
        }
        let words = words()
        let kind: TemplateError.Kind =
            scalar.isControl
            ? .controlCharacter(expression: words, character: scalar.value)
            : .notBare(expression: words, character: scalar.value, rule: rules.name)
        throw Fault(kind, origin: text.origin)
    }

    private mutating func appendDigits(_ number: Int) {
        if number >= 0, number < 10 {
            output.append(UInt8(truncatingIfNeeded: number) &+ 0x30)
            return
        }
        if number < 0 { output.append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        var power: UInt = 1
        while rest / power >= 10 { power *= 10 }
        while power > 0 {
            output.append(UInt8(truncatingIfNeeded: rest / power) &+ 0x30)
            rest %= power
            power /= 10
        }
    }
}
