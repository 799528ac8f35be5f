import Findings

/// Notes what a rendering writes and from where: only when somebody asks for a source map.
struct Recorder {
    private struct Event {
        /// Where in the output it begins; it ends where the next one begins.
        let offset: Int
        let unit: Int32
        /// For text the offset in the template, for a value the instruction that printed it.
        let place: Int32
        let chain: Int32
        let origin: Origin
        let isValue: Bool
        let isSecret: Bool
    }

    /// A call or include that is at work.
    private struct Link {
        let parent: Int
        let unit: Int
        let span: Span
    }

    private let program: Program
    private let start: Int
    private var events: [Event] = []
    private var links: [Link] = []
    private var chain = -1
    /// Where captures that are at work began: in the events and in the output.
    private var open: [(event: Int, offset: Int)] = []
    /// The lines of macro results that were taken up as values.
    private var captures: [[SourceMap.Line]] = []

    init(_ program: Program, start: Int) {
        self.program = program
        self.start = start
        events.reserveCapacity(256)
    }

    mutating func text(_ place: Int32, _ unit: Int, at offset: Int) {
        events.append(
            Event(
                offset: offset, unit: Int32(truncatingIfNeeded: unit), place: place,
                chain: Int32(truncatingIfNeeded: chain), origin: .none, isValue: false, isSecret: false))
    }

    mutating func value(_ pc: Int, _ unit: Int, _ origin: Origin, _ isSecret: Bool, at offset: Int) {
        events.append(
            Event(
                offset: offset, unit: Int32(truncatingIfNeeded: unit), place: Int32(truncatingIfNeeded: pc),
                chain: Int32(truncatingIfNeeded: chain), origin: origin, isValue: true, isSecret: isSecret))
    }

    mutating func enter(_ unit: Int, _ span: Span) {
        links.append(Link(parent: chain, unit: unit, span: span))
        chain = links.count - 1
    }

    mutating func leave() { if chain >= 0 { chain = links[chain].parent } }

    // MARK: Captures

    mutating func beginCapture(at offset: Int) { open.append((events.count, offset)) }

    /// Takes what was written since the begin off the record.
    ///
    /// The origin returned stands for it: it travels with the text through `indent` and its kin, until the
    /// text is printed.
    mutating func endCapture(_ output: [UInt8]) -> Origin {
        guard let begin = open.popLast() else { return .none }
        let inner = Array(events[begin.event...])
        events.removeLast(inner.count)
        captures.append(lines(Recorder.lineStarts(of: output, from: begin.offset), inner))
        return Origin(
            file: Recorder.captureFile, line: UInt32(truncatingIfNeeded: captures.count - 1), column: 0,
            field: 0)
    }

    /// A file number that no table hands out.
    private static let captureFile = UInt32.max

    // MARK: Values of several origins

    /// What values that were made of several stand on.
    private var joints: [[Origin]] = []

    /// A file number that no table hands out.
    private static let jointFile = UInt32.max - 1

    /// One origin that stands for several: each once, in their order.
    ///
    /// A macro's captured text among them keeps its own lines only when it is printed as it is.
    mutating func joint(_ origins: [Origin]) -> Origin {
        var parts: [Origin] = []
        for origin in origins.flatMap(self.origins) where origin != .none && !parts.contains(origin) {
            parts.append(origin)
        }
        guard parts.count > 1 else { return parts.first ?? .none }
        joints.append(parts)
        return Origin(
            file: Recorder.jointFile, line: UInt32(truncatingIfNeeded: joints.count - 1), column: 0, field: 0)
    }

    /// What an origin stands for.
    private func origins(_ origin: Origin) -> [Origin] {
        switch origin.file {
        case Recorder.jointFile: joints[Int(origin.line)]
        case Recorder.captureFile: []
        default: origin == .none ? [] : [origin]
        }
    }

    // MARK: Lines

    /// Where the lines of the output begin, and where the last one ends.
    func lineStarts(of output: [UInt8]) -> [Int] { Recorder.lineStarts(of: output, from: start) }

    private static func lineStarts(of output: [UInt8], from start: Int) -> [Int] {
        var starts = [start]
        for index in start..<output.count where output[index] == UInt8(ascii: "\n") {
            starts.append(index + 1)
        }
        if let last = starts.last, last < output.count { starts.append(output.count) }
        return starts
    }

    func lines(_ lineStarts: [Int]) -> [SourceMap.Line] { lines(lineStarts, events) }

    private func lines(_ lineStarts: [Int], _ events: [Event]) -> [SourceMap.Line] {
        var result: [SourceMap.Line] = []
        result.reserveCapacity(lineStarts.count)
        var first = 0
        // On which line each event began, to find the line inside a text of several.
        var beginnings = Array(repeating: 0, count: events.count)
        for (lineStart, end) in zip(lineStarts, lineStarts.dropFirst()) {
            while first + 1 < events.count, events[first + 1].offset <= lineStart,
                events[first].offset < lineStart
            {
                first += 1
            }
            var line = SourceMap.Line(frames: [], values: [])
            var index = first
            while index < events.count, events[index].offset < end {
                let event = events[index]
                if event.offset >= lineStart { beginnings[index] = result.count }
                let next = min(end, index + 1 < events.count ? events[index + 1].offset : end)
                add(
                    event, event.offset..<max(event.offset, next), lineStart, result.count - beginnings[index],
                    to: &line)
                index += 1
            }
            result.append(line)
        }
        return result
    }

    private func add(
        _ event: Event, _ extent: Range<Int>, _ lineStart: Int, _ lineInside: Int, to line: inout SourceMap.Line
    ) {
        let isEmpty = extent.isEmpty
        let unit = program.units[Int(event.unit)]
        let span = event.isValue ? unit.spans[Int(event.place)] : Span(Int(event.place), Int(event.place))
        if event.isValue, event.origin.file == Recorder.captureFile {
            let captured = captures[Int(event.origin.line)]
            let inside = lineInside < captured.count ? captured[lineInside] : nil
            line.values += (inside?.values ?? []).map { $0.moved() }
            if line.frames.isEmpty, !isEmpty { line.frames = inside?.frames ?? frames(event, span.start) }
            return
        }
        if line.frames.isEmpty, !isEmpty {
            let distance = event.isValue ? 0 : max(0, lineStart - event.offset)
            line.frames = frames(event, span.start + Int32(truncatingIfNeeded: distance))
        }
        if event.isValue, event.offset >= lineStart {
            line.values.append(
                .init(
                    expression: unit.source.words(of: span),
                    columns: (extent.lowerBound - lineStart)..<(extent.upperBound - lineStart),
                    origins: origins(event.origin), isSecret: event.isSecret))
        }
    }

    private func frames(_ event: Event, _ offset: Int32) -> [SourceMap.Frame] {
        var result = [frame(Int(event.unit), offset)]
        var index = Int(event.chain)
        while index >= 0 {
            result.append(frame(links[index].unit, links[index].span.start))
            index = links[index].parent
        }
        return result.reversed()
    }

    private func frame(_ unit: Int, _ offset: Int32) -> SourceMap.Frame {
        let starts = program.units[unit].lineStarts
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= Int(offset) { low = middle } else { high = middle }
        }
        return SourceMap.Frame(template: program.units[unit].source.name, line: low + 1)
    }
}

extension SourceMap.Printed {
    /// The value on a line to which a filter may have moved it.
    fileprivate func moved() -> Self {
        var copy = self
        copy.columns = nil
        return copy
    }
}
