/**
 * Jasmine, in which tfjs's tests are written, as their own `jasmine_util` asks for it: that was written for an older
 * version, and for a file that the package no longer shows.
 */
import booted from 'jasmine-core/lib/jasmine-core/jasmine.js';

booted.installGlobals();

/** The one Jasmine of the page. tfjs's tests set its time limit. */
export const core = () => booted.jasmine;
