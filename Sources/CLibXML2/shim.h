// Debian builds libxml2 with ICU, and its headers then include ICU's. Foundation has an ICU of its own, and a file
// that sees both fails to compile ("'UErrorCode' has different definitions in different modules"). Only two fields at
// the end of a structure that we never touch, of encoding converters, depend on it.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlIO.h>
