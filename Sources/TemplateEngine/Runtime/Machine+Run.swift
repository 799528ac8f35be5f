extension Machine {
    /// Executes code up to its `end`.
    ///
    /// A fault that leaves it says where it happened.
    mutating func run(_ frame: Frame, from entry: Int) throws(Fault) {
        let unit = program.units[frame.unit]
        let text = unit.source.bytes
        var pc = entry
        do throws(Fault) {
            while true {
                stepsLeft -= 1
                if stepsLeft < 0 { throw Fault(.limit(.steps(program.limits.steps))) }
                let instruction = unit.code[pc]
                switch instruction {
                case .text(let start, let end):
                    if isRecording { recorder?.text(start, frame.unit, at: output.count) }
                    output.append(contentsOf: text[Int(start)..<Int(end)])
                    if output.count > outputLimit { throw outputFault }
                case .printPath(let path):
                    try print(
                        try value(of: unit.paths[Int(path)], unit, frame), pc, unit, frame)
                case .print: try print(pop(), pc, unit, frame)

                case .constant(let index): stack.append(unit.constants[Int(index)])
                case .load(let path): stack.append(try value(of: unit.paths[Int(path)], unit, frame))
                case .macro(let index):
                    stack.append(.handle(Handle(.macro, index: frame.instance, macro: Int(index))))
                case .store(let slot): try store(pop(), in: frame.base + Int(slot))
                case .copy(let path, let slot):
                    slots[frame.base + Int(slot)] = raw(unit.paths[Int(path)], frame)
                case .clear(let slot): slots[frame.base + Int(slot)] = .undefined(.unset)
                case .attribute(let member):
                    stack.append(try self.member(unit.members[Int(member)], of: pop(), frame.unit))
                case .item:
                    let index = pop()
                    stack.append(try item(index, of: pop(), frame.unit, site: unit.itemSites[pc] ?? 0))
                case .slice(let hasFrom, let hasTo):
                    let to = hasTo ? pop() : .none
                    let from = hasFrom ? pop() : .none
                    stack.append(try slice(pop(), from: from, to: to))
                case .list(let count): stack.append(.list(try takeElements(Int(count))))
                case .tuple(let count): stack.append(Elements.tuple(try takeElements(Int(count))))
                case .dict(let keys):
                    let keys = unit.keyLists[Int(keys)]
                    stack.append(.dict(Dict(Array(zip(keys, try takeElements(keys.count))))))
                case .checkNamespace(let path): _ = try namespace(unit.paths[Int(path)], frame)
                case .setAttribute(let path, let name):
                    try setAttribute(
                        of: try namespace(unit.paths[Int(path)], frame), unit.constants[Int(name)], to: pop())

                case .negate: stack.append(try negate(pop()))
                case .plus: stack.append(try plus(pop()))
                case .not: stack.append(.bool(!(try isTrue(pop()))))
                case .binary(let operation):
                    let right = pop()
                    stack.append(try binary(operation, pop(), right))
                case .concat(let count): stack.append(try concat(Int(count)))
                case .compare(let comparison):
                    let right = pop()
                    stack.append(.bool(try compare(comparison, pop(), right)))
                case .compareChain(let comparison, let target):
                    let right = pop()
                    if try compare(comparison, pop(), right) {
                        stack.append(right)
                    } else {
                        stack.append(.bool(false))
                        pc = Int(target)
                        continue
                    }

                case .jump(let target):
                    pc = Int(target)
                    continue
                case .jumpIfFalse(let target):
                    if try !isTrue(pop()) {
                        pc = Int(target)
                        continue
                    }
                case .jumpUnlessPath(let path, let target):
                    if try !isTrue(try value(of: unit.paths[Int(path)], unit, frame)) {
                        pc = Int(target)
                        continue
                    }
                case .jumpUnlessSame(let index, let target):
                    let comparison = unit.comparisons[Int(index)]
                    let value = try value(of: unit.paths[Int(comparison.path)], unit, frame)
                    if try equal(value, comparison.literal) != comparison.isEquality {
                        pc = Int(target)
                        continue
                    }
                case .jumpIfFalseKeeping(let target):
                    if try !isTrue(stack[stack.count - 1]) {
                        pc = Int(target)
                        continue
                    }
                    stack.removeLast()
                case .jumpIfTrueKeeping(let target):
                    if try isTrue(stack[stack.count - 1]) {
                        pc = Int(target)
                        continue
                    }
                    stack.removeLast()
                case .jumpIfSet(let slot, let target):
                    if case .undefined(let undefined) = slots[frame.base + Int(slot)],
                        undefined.reason == .unset
                    {
                        break
                    }
                    pc = Int(target)
                    continue
                case .undefinedCondition: stack.append(.undefined(Undefined(.noElse)))
                case .end: return

                case .beginLoop(let loop):
                    loops.append(
                        LoopState(
                            elements: try elements(of: pop(), for: "for"), site: Int(loop),
                            hasTest: unit.loops[Int(loop)].testEntry != nil))
                case .nextElement(let loop, let exit):
                    if try !advance(unit, Int(loop), frame) {
                        pc = Int(exit)
                        continue
                    }
                case .endLoop: wasVisited = (loops.popLast()?.visited ?? 0) > 0
                case .jumpIfVisited(let target):
                    if wasVisited {
                        pc = Int(target)
                        continue
                    }
                case .loopAttribute(let attribute, let depth):
                    stack.append(try loopAttribute(attribute, frame.loopBase + Int(depth), frame))

                case .filter(let filter, let call):
                    stack.append(try applyFilter(filter, unit, Int(call)))
                case .hostFilter(let index, let call):
                    let arguments = takeArguments(unit.calls[Int(call)].count)
                    stack.append(try applyHostFilter(Int(index), pop(), arguments))
                case .test(let test, let call):
                    let operand = unit.calls[Int(call)].count > 0 ? pop() : .none
                    stack.append(.bool(try applyTest(test, pop(), operand)))
                case .method(let method, let call):
                    try callMethod(method, unit.calls[Int(call)], frame, at: pc)
                case .call(let call): try self.call(unit, Int(call), frame, at: pc, isPrinted: false)
                case .printCall(let call):
                    try self.call(unit, Int(call), frame, at: pc, isPrinted: true)
                case .callMember(let call): try callMember(unit, Int(call), frame, at: pc)
                case .include(let link, let names): try include(Int(link), Int(names), frame, at: pc)
                case .importing(let link, let names, let withContext):
                    try importing(Int(link), Int(names), withContext: withContext, frame, at: pc)
                case .export(let site):
                    stack.append(try export(unit.sites[Int(site)].name, Int(site), frame))
                case .drop: stack.removeLast()
                }
                pc += 1
            }
        } catch {
            throw located(error, unit, pc, frame)
        }
    }
}
