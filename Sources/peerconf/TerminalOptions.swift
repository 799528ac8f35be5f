import ArgumentParser
import Synchronization

/// How a command behaves towards a person; the same for all commands.
struct TerminalOptions: ParsableArguments {
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

    @Flag(name: .shortAndLong, help: "Show no progress, and no notes on standard error: warnings and errors only.")
    var quiet = false

    /// Messages are written from places that know of no options.
    private static let current = Mutex((color: Choice.auto, isQuiet: false))

    /// When text is to be coloured.
    static var color: Choice { current.withLock { $0.color } }

    /// Whether only what matters is to be said.
    static var isQuiet: Bool { current.withLock { $0.isQuiet } }

    func validate() {
        Self.current.withLock { $0 = (color, quiet) }
        if quiet { Progress.silence() }
    }
}
