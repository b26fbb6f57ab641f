/** A key's record as the page has it; never the key. */
export interface ShownKey {
    keyId: string;
    name: string | null;
    createdAt: string;
    expiresAt: string | null;
    status: 'valid' | 'suspended' | 'revoked';
    endsAt: string | null;
    scopes: string[];
    plan: string | null;
    rolledFrom: string | null;
    rolledInto: string | null;
}

/** Details of the events by name; they bubble, and leave the shadow tree. */
export interface LatchkeyKeysEvents {
    'latchkey-loaded': CustomEvent<{ count: number }>;
    'latchkey-created': CustomEvent<ShownKey>;
    'latchkey-renamed': CustomEvent<ShownKey>;
    'latchkey-rolled': CustomEvent<ShownKey>;
    'latchkey-suspended': CustomEvent<ShownKey>;
    'latchkey-resumed': CustomEvent<ShownKey>;
    'latchkey-revoked': CustomEvent<ShownKey>;
    'latchkey-error': CustomEvent<{ status: number; code: string; message: string }>;
}

/** All texts by name. */
export const STRINGS: Readonly<Record<string, string>>;

/** `<latchkey-keys>`: a customer's page of API keys. */
export class LatchkeyKeys extends HTMLElement {
    /** Where the router is mounted; by default the folder that the script came from. */
    base: string;
    /** Texts of one's own by their names in {@link STRINGS}. */
    get strings(): Record<string, string>;
    set strings(value: Record<string, string>);
    /** What requests are sent by instead of the browser's `fetch`. */
    fetch: (url: string, init: RequestInit) => Promise<Response>;
    /** Loads the list anew. */
    refresh(): Promise<void>;
    addEventListener<Name extends keyof LatchkeyKeysEvents>(
        name: Name,
        listener: (event: LatchkeyKeysEvents[Name]) => void,
        options?: boolean | AddEventListenerOptions,
    ): void;
    addEventListener(
        name: string,
        listener: EventListenerOrEventListenerObject,
        options?: boolean | AddEventListenerOptions,
    ): void;
}

declare global {
    interface HTMLElementTagNameMap {
        'latchkey-keys': LatchkeyKeys;
    }
}
