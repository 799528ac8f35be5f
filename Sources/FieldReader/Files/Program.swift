import Glibc

/// Runs another program to its end, without a shell.
///
/// The program is looked up in `PATH`. It gets what it is to read at once, so that nothing that a user typed need be
/// one of its arguments.
public enum Program {
    /// What a program said, and how it ended.
    public struct Output: Sendable {
        /// Its exit status; 128 and more when a signal ended it.
        public var status: Int32
        /// What it wrote on standard output.
        public var output: [UInt8]
        /// What it wrote on standard error, cut after some thousand bytes.
        public var messages: [UInt8]
    }

    /// The most that is taken from standard output.
    public static let limit = 1 << 30

    /// Runs a program.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - arguments: what follows the name.
    ///   - input: what it reads from standard input.
    ///   - environment: variables set beside those that this program has.
    /// - Throws: ``FileProblem`` when it can't be started (`ENOENT`: there is none), or says too much.
    public static func run(
        _ name: String, _ arguments: [String], input: [UInt8] = [], environment: [String] = []
    ) throws(FileProblem) -> Output {
        let toChild = try Pipe(name), fromChild = try Pipe(name), messages = try Pipe(name)
        let process: pid_t
        do {
            defer { for end in [toChild.reading, fromChild.writing, messages.writing] { end.close() } }
            process = try spawn(name, arguments, environment, [toChild.reading, fromChild.writing, messages.writing])
        } catch {
            for end in [toChild.writing, fromChild.reading, messages.reading] { end.close() }
            throw error
        }
        var exchange = Exchange(input: input, to: toChild.writing, from: fromChild.reading, messages: messages.reading)
        let isWhole = exchange.run()
        for descriptor in [fromChild.reading, messages.reading] { descriptor.close() }
        if !isWhole { kill(process, SIGKILL) }
        var status: Int32 = 0
        while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard isWhole else { throw FileProblem(action: .read, path: name, code: EFBIG) }
        let signal = status & 0x7F
        return Output(
            status: signal == 0 ? status >> 8 & 0xFF : 128 + signal, output: exchange.output,
            messages: exchange.errors)
    }

    private static func spawn(
        _ name: String, _ arguments: [String], _ environment: [String], _ standard: [Descriptor]
    ) throws(FileProblem) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
        for (number, descriptor) in standard.enumerated() {
            unsafe posix_spawn_file_actions_adddup2(&actions, descriptor.number, Int32(number))
        }
        // This program ignores broken pipes, which others rely on.
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe _ = posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

        let words = unsafe CStrings([name] + arguments)
        let variables = unsafe CStrings(environment + inherited(except: environment))
        var process: pid_t = 0
        let code = unsafe posix_spawnp(&process, name, &actions, &attributes, words.pointers, variables.pointers)
        unsafe words.free()
        unsafe variables.free()
        guard code == 0 else { throw FileProblem(action: .read, path: name, code: code) }
        return process
    }

    /// The variables of this program that are not set anew.
    private static func inherited(except environment: [String]) -> [String] {
        let names = environment.map { $0.prefix { $0 != "=" } + "=" }
        var result: [String] = []
        var next = unsafe environ
        while let variable = unsafe next.pointee {
            let text = unsafe String(cString: variable)
            if !names.contains(where: { text.hasPrefix($0) }) { result.append(text) }
            unsafe next += 1
        }
        return result
    }
}

/// Texts as C wants them: a list of pointers with a null at its end.
@unsafe
private struct CStrings {
    let pointers: [UnsafeMutablePointer<CChar>?]

    init(_ texts: [String]) { unsafe pointers = unsafe texts.map { unsafe strdup($0) } + [nil] }

    func free() { unsafe _ = pointers.map { unsafe Glibc.free($0) } }
}
