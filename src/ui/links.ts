import { createContext } from 'react';

/** The link from the page that is open to another in its language, by address; absent where a part stands alone. */
export const LinkContext = createContext<((address: string) => string) | undefined>(undefined);
