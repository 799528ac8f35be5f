/// Jinja2 works out constant expressions while it compiles, and stumbles there over a missing member of a
/// literal, such as `{'a': 1}.b`, where `and`, `or`, `~` or an inline `if` needs its value: the template then
/// fails to compile even if nobody ever comes to the place.
///
/// So such operands are refused.
extension Compiler {
    func refuseConstantUndefined(_ operands: [Expression]) throws(SourceFault) {
        for operand in operands where operand.isConstant && operand.canBeUndefined {
            throw SourceFault(
                .unsupported(.syntax("a member of a constant as a condition or in `~`")), operand.span)
        }
    }
}

extension Expression {
    /// Whether Jinja2 would try to work it out while compiling.
    fileprivate var isConstant: Bool {
        switch kind {
        case .name, .call: false
        default: children.allSatisfy(\.isConstant)
        }
    }

    /// Whether what comes out may be nothing, going by the outermost operation alone.
    fileprivate var canBeUndefined: Bool {
        switch kind {
        case .attribute, .item: true
        case .filter(_, let name, _): ["first", "last", "min", "max", "default", "d"].contains(name.text)
        case .and(let left, let right), .or(let left, let right): left.canBeUndefined || right.canBeUndefined
        case .conditional(_, let then, let otherwise):
            then.canBeUndefined || otherwise?.canBeUndefined ?? true
        default: false
        }
    }
}
