import Glibc
import TemplateEngine

// Compiles and renders one template many times and prints microseconds of processor time: compile, render,
// render with a source map. `compare.py` runs it beside Jinja2 and MiniJinja.

/// Processor time of this process in microseconds.
func processorTime() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
}

func measure(_ count: Int, _ body: () throws -> Void) rethrows -> Double {
    let start = processorTime()
    for _ in 0..<count { try body() }
    return (processorTime() - start) / Double(count)
}

func readInput() -> [UInt8] {
    var bytes: [UInt8] = []
    while let line = readLine(strippingNewline: false) { bytes += Array(line.utf8) }
    return bytes
}

let source = String(decoding: readInput(), as: UTF8.self)
let rules = OutputRules(
    name: "bare word",
    bareWord: BareWord(characters: BareWord.lettersAndDigits + "._:/,- "))
let environment = Environment(rules: CommandLine.arguments.contains("--unchecked") ? nil : rules)
let template = try environment.template(source: source, named: "peer.j2")
let context = PeerData.context

if CommandLine.arguments.contains("--output") {
    print(try template.render(.record(context)), terminator: "")
} else if CommandLine.arguments.contains("--profile") {
    // Rendering alone, long enough for a profiler.
    let count = CommandLine.arguments.last.flatMap { Int($0) } ?? 100_000
    for _ in 0..<count {
        var output: [UInt8] = []
        try template.render(context, into: &output)
    }
} else {
    var output: [UInt8] = []
    output.reserveCapacity(1 << 16)
    let count = 5000
    let render = try measure(count) {
        output.removeAll(keepingCapacity: true)
        try template.render(context, into: &output)
    }
    let mapped = try measure(count / 10) {
        output.removeAll(keepingCapacity: true)
        _ = try template.renderWithSourceMap(.record(context), into: &output)
    }
    let read = try measure(count / 10) {
        output.removeAll(keepingCapacity: true)
        _ = try template.renderWithSourceMap(.record(context), into: &output).lines
    }
    let compile = try measure(count / 10) { _ = try environment.template(source: source, named: "peer.j2") }
    print("\(compile) \(render) \(mapped) \(read)")
}
