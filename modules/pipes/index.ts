export { PipesModule } from './pipes.module.js';
