/// A large value in one place, however many hold it: handing it on costs one count, not a copy of all its parts.
///
/// It is still a value: whoever changes it has one of their own from then on. So it is right for what is read often,
/// passed on often and changed seldom.
public struct Shared<Value: Sendable>: Sendable {
    @usableFromInline
    final class Storage: Sendable {
        @usableFromInline let value: Value

        @inlinable
        init(_ value: Value) { self.value = value }
    }

    @usableFromInline var storage: Storage

    /// Puts a value in a place of its own.
    @inlinable
    public init(_ value: Value) { storage = Storage(value) }

    /// The value.
    @inlinable public var value: Value {
        get { storage.value }
        set { storage = Storage(newValue) }
    }
}

/// A type that holds all it has in one ``Shared`` place; each part of that is a member of its own.
///
/// Key paths as functions (`map(\.id)`) are put together at run time then: where there are many values, a closure is
/// many times quicker.
@dynamicMemberLookup
public protocol SharesParts: Sendable {
    /// All that it has.
    associatedtype Parts: Sendable

    /// The place of its parts.
    var parts: Shared<Parts> { get set }
}

extension SharesParts {
    /// One of its parts.
    @inlinable
    public subscript<Part>(dynamicMember part: WritableKeyPath<Parts, Part>) -> Part {
        get { parts.value[keyPath: part] }
        set { parts.value[keyPath: part] = newValue }
    }
}
