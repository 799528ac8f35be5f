/// A large value in one place, however many hold it: handing it on costs one count, not a copy of all its parts.
///
/// It is still a value: whoever changes it has one of their own from then on. So it is right for what is read often,
/// passed on often and changed seldom.
///
/// Types made of it hand on its parts by dynamic members. Key paths as functions (`map(\.id)`) are then put together at
/// run time: where there are many values, a closure is many times quicker.
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
