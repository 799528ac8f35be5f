internal import Findings

/// Tells which pages are missing among a number of answers, and which are not whole.
///
/// Pages of one operation that agree in `TotalCount` and `PageSize` are taken for pages of one query. An
/// answer without page numbers stands alone.
func pageProblems(of documents: [ResponseDocument]) -> [ResponseProblem] {
    let pages = documents.filter { !$0.isRefused && $0.totalCount != nil }
    var queries: [(key: Query, pages: [ResponseDocument])] = []
    for page in pages {
        guard let key = Query(page) else { continue }
        if key.pageSize != nil, let index = queries.firstIndex(where: { $0.key == key }) {
            queries[index].pages.append(page)
        } else {
            queries.append((key, [page]))
        }
    }
    return queries.flatMap { $0.key.problems(of: $0.pages) }
}

/// What pages of one query have in common.
private struct Query: Equatable {
    let operation: APIOperation
    let total: Int
    let pageSize: Int?

    init?(_ page: ResponseDocument) {
        guard let operation = page.operation, let total = page.totalCount?.value, total >= 0 else {
            return nil
        }
        self.operation = operation
        self.total = total
        let isPaged = page.pageNumber.map { $0.value > 0 } ?? false
        pageSize = page.pageSize.flatMap { isPaged && $0.value > 0 ? $0.value : nil }
    }

    func problems(of pages: [ResponseDocument]) -> [ResponseProblem] {
        guard let first = pages.first else { return [] }
        guard let pageSize else {
            guard first.recordCount < total else { return [] }
            return [problem([], 0, found: first.recordCount, at: first)]
        }
        let last = max(1, total / pageSize + (total % pageSize == 0 ? 0 : 1))
        var problems = pages.compactMap { page in shortfall(of: page, pageSize: pageSize, last: last) }
        let given = Set(pages.compactMap { $0.pageNumber?.value })
        // Counted, not listed: a hostile TotalCount speaks of billions of pages.
        let missingCount = last - given.filter { (1...last).contains($0) }.count
        if missingCount > 0 {
            let missing = Array((1...last).lazy.filter { !given.contains($0) }.prefix(10))
            var counted: Set<Int> = []
            let distinct = pages.filter { counted.insert($0.pageNumber?.value ?? 0).inserted }
            let found = distinct.reduce(0) { $0 + $1.recordCount }
            problems.append(problem(missing, missingCount, found: found, at: first))
        }
        return problems
    }

    /// A page with fewer or more records than its number says.
    private func shortfall(of page: ResponseDocument, pageSize: Int, last: Int) -> ResponseProblem? {
        guard let number = page.pageNumber, number.value <= last else { return nil }
        let expected = number.value < last ? pageSize : total - (last - 1) * pageSize
        guard page.recordCount != expected else { return nil }
        return ResponseProblem(.recordCount(found: page.recordCount, expected: expected), at: number.origin)
    }

    private func problem(
        _ missing: [Int], _ missingCount: Int, found: Int, at page: ResponseDocument
    ) -> ResponseProblem {
        let pages = ResponseProblem.Pages(
            operation: operation, missing: missing, missingCount: missingCount, found: found, total: total)
        return ResponseProblem(.missingPages(pages), at: page.totalCount?.origin ?? .none)
    }
}

extension ResponseProblem {
    /// Whether there are fewer records than the answers speak of.
    var isShortage: Bool {
        switch kind {
        case .missingPages: true
        case .recordCount(let found, let expected): found < expected
        default: false
        }
    }
}
