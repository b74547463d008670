/** The parts of Jasmine that the conformance run uses. */
declare module 'jasmine-core/lib/jasmine-core/jasmine.js' {
  interface Done {
    readonly id: string;
    readonly fullName: string;
    readonly status: string;
    readonly failedExpectations: readonly { readonly message: string }[];
  }

  interface Reporter {
    suiteStarted?(suite: { readonly id: string }): void;
    specDone?(spec: Done): void;
    suiteDone?(suite: Done): void;
  }

  interface Environment {
    configure(options: {
      random: boolean;
      forbidDuplicateNames: boolean;
      specFilter(spec: { getFullName(): string }): boolean;
    }): void;
    addReporter(reporter: Reporter): void;
    topSuite(): { readonly children: readonly { readonly id: string }[] };
    execute(): Promise<unknown>;
  }

  const booted: {
    installGlobals(): void;
    jasmine: { DEFAULT_TIMEOUT_INTERVAL: number; getEnv(): Environment };
  };
  export default booted;
}
