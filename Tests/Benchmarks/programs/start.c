/* A program that does nothing but set up libxml2: the floor of start-up. */
#include <libxml/parser.h>
#include <stdio.h>

int main(void) {
    xmlInitParser();
    puts("hello");
    return 0;
}
