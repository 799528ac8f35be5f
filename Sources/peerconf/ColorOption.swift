import ArgumentParser
import Synchronization

/// `--color`, of every command that writes text for people.
struct ColorOption: ParsableArguments {
    /// When text is coloured.
    enum Choice: String, ExpressibleByArgument, CaseIterable {
        /// On a terminal, unless `NO_COLOR` is set.
        case auto
        case always
        case never
    }

    @Option(
        help: ArgumentHelp("Colour text; auto: on a terminal, unless NO_COLOR is set.", valueName: "auto|always|never"))
    var color = Choice.auto

    /// Messages are written from places that know of no options.
    private static let current = Mutex(Choice.auto)

    /// What was asked for.
    static var chosen: Choice { current.withLock { $0 } }

    func validate() { Self.current.withLock { $0 = color } }
}
