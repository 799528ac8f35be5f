internal import FieldReader

// Whoever pastes a key into a wrong field sees that field quoted as wrong: in logs and pull requests, too.

extension Field {
    /// The pre-shared keys and BGP keys in a record of any kind.
    var keys: [String] {
        children.flatMap { child in
            switch child.nameNumber {
            case APIName.psk.number, APIName.authKey.number: [child.trimmedText]
            default: child.keys
            }
        }
    }
}

extension ResponseProblem.Kind {
    /// Takes the record's keys out of what is quoted of it.
    mutating func withhold(_ keys: Set<String>) {
        switch self {
        case .notAnInteger(let field, let value?) where keys.contains(value): self = .notAnInteger(field, value: nil)
        case .notABoolean(let field, let value?) where keys.contains(value): self = .notABoolean(field, value: nil)
        default: break
        }
    }
}
