/* launch OUTPUT PROGRAM ARGUMENT…: runs a program with its output in a file, its messages in another, and prints its
   processor time and elapsed time in seconds, its peak memory in KiB and its exit status. In C, since a process begins
   with the peak memory of the one it was forked from. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
    if (count < 3) return 2;
    char *messages;
    if (asprintf(&messages, "%s.messages", arguments[1]) < 0) return 2;
    int files[2] = {open(arguments[1], O_WRONLY | O_CREAT | O_TRUNC, 0600),
                    open(messages, O_WRONLY | O_CREAT | O_TRUNC, 0600)};
    double start = seconds();
    pid_t child = fork();
    if (child == 0) {
        dup2(files[0], 1);
        dup2(files[1], 2);
        execv(arguments[2], arguments + 2);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (wait4(child, &status, 0, &usage) < 0) return 2;
    double wall = seconds() - start;
    double cpu = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    printf("%.6f %.6f %ld %d\n", cpu, wall, usage.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    return 0;
}
