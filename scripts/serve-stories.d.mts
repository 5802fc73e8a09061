import type { Page } from '@playwright/test';

export function serveStories(): Promise<{ origin: string; stories: { id: string; title: string }[]; close(): void }>;
export function storyAddress(origin: string, id: string, globals?: Record<string, string>): string;
export function untilRendered(page: Page): Promise<void>;
export function showStory(page: Page, id: string): Promise<void>;
