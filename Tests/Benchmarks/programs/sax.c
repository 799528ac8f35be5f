/* libxml2's bare SAX parse: empty callbacks, its own read callback, one document after another. The floor of anything
   that reads the answers by this library. */
#include <fcntl.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>
#include <unistd.h>

static void start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespaces,
                  const xmlChar **declared, int attributes, int defaulted, const xmlChar **values) {}
static void end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {}
static void text(void *context, const xmlChar *characters, int length) {}
static int readFile(void *context, char *buffer, int length) { return read((int)(long)context, buffer, length); }
static int closeFile(void *context) { return close((int)(long)context); }

int main(int count, char **arguments) {
    xmlInitParser();
    xmlSAXHandler handler;
    memset(&handler, 0, sizeof handler);
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = start;
    handler.endElementNs = end;
    handler.characters = handler.ignorableWhitespace = handler.cdataBlock = text;
    for (int i = 1; i < count; i++) {
        int file = open(arguments[i], O_RDONLY);
        if (file < 0) return 1;
        xmlParserCtxtPtr parser = xmlCreateIOParserCtxt(&handler, NULL, readFile, closeFile, (void *)(long)file,
                                                        XML_CHAR_ENCODING_NONE);
        if (xmlParseDocument(parser) != 0) return 1;
        xmlFreeParserCtxt(parser);
    }
    return 0;
}
