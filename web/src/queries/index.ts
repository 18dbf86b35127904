// What the pages ask the server; each subject in a file of its own.
export * from "./ahead";
export * from "./client";
export * from "./imports";
export * from "./jobs";
export * from "./orders";
export * from "./people";
export * from "./sync";
export * from "./system";
