#include "tools/bansosctl/commands/commands.h"

int main(int argc, char** argv) { return bansos::RunBansosctl(argc, argv); }
